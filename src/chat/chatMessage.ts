import type { C2cAddress, GroupAddress, MessageAddress } from './address';

/**
 * The part of a message that can be modified. Each member is the exact JSON text of its value, as the service
 * wrote it or as it will be sent: numbers keep their digits and strings their escapes. Either may be absent.
 */
export interface MessageContent {
  /** JSON text of the `MsgBody` value, normally an array. */
  readonly msgBody?: string;
  /** JSON text of the `CloudCustomData` value: a string literal with its quotes. */
  readonly cloudCustomData?: string;
}

/** One message as the history of its chat shows it. */
export interface ChatMessage {
  readonly address: MessageAddress;
  /** UserID of the sender, `From_Account` on the wire. */
  readonly sender: string;
  /**
   * `MsgSeq`, unsigned 32-bit. Between two users chosen by the sender, and orders messages only within one second; in a
   * group given by the service, and orders them all.
   */
  readonly seq: number;
  /** `MsgRandom`, unsigned 32-bit. */
  readonly random: number;
  /** `MsgTimeStamp`, Unix seconds. */
  readonly time: number;
  /** `MsgFlagBits`; bit 8 says recalled. Of a group's message, which has none, it is that bit alone. */
  readonly flags: number;
  /** `IsPeerRead`: the receiver sent a read receipt. */
  readonly peerRead: boolean;
  readonly content: MessageContent;
  /**
   * A place without a message, in groups only: it expired, was never stored, or was deleted (`IsPlaceMsg` 1). History
   * shows it, finding it finds nothing.
   */
  readonly isGone?: boolean;
  /** Made by the service and no user, in groups only (`IsSystemMsg`). Its `MsgBody` may be no array of elements. */
  readonly isSystem?: boolean;
  /** `MsgPriority`, in groups only: 1 is the highest, 4 the lowest. */
  readonly priority?: number;
}

/** A message of two users. */
export interface C2cMessage extends ChatMessage {
  readonly address: C2cAddress;
}

/**
 * A message of a group. Of one that is gone (`isGone`) its MsgSeq is all that is sure: sender, time and random may be
 * empty or 0.
 */
export interface GroupMessage extends ChatMessage {
  readonly address: GroupAddress;
}

/** Bit of `MsgFlagBits` that marks a recalled message. */
export const RECALLED_FLAG = 8;

/** True when the message was recalled. The bit is tested, since other bits may come to stand beside it. */
export function isRecalled(message: Pick<ChatMessage, 'flags'>): boolean {
  return Math.floor(message.flags / RECALLED_FLAG) % 2 === 1;
}

/** The app a client talks to. */
export interface ChatApp {
  /** Base URL without path, e.g. `https://console.tim.qq.com`; plain http on loopback only. */
  readonly endpoint: string;
  readonly sdkAppId: number;
  /** UserID of an app administrator, `identifier` in the query. */
  readonly administrator: string;
}

/** What a UserSig comes from. Both are secrets. */
export type Credential =
  | { readonly kind: 'secretKey'; readonly secretKey: string }
  | { readonly kind: 'userSig'; readonly userSig: string };
