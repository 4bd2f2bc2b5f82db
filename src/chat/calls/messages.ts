import { randomBytes } from 'node:crypto';
import type { MessageContent } from '../chatMessage';
import { formatMsgKey } from '../msgKey';
import { readFields, readSuccess } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { inParts, requestBody } from '../wire/request';

/** What sending to one and to many have in common. Names and units as in `openim/sendmsg`. */
interface SendOptions {
  /** Sender; the administrator when absent. */
  readonly from?: string;
  /** JSON text of the array of elements. */
  readonly msgBody: string;
  /** JSON text of a string. */
  readonly cloudCustomData?: string;
  /** False: the message does not show in the sender's own history. */
  readonly syncToSender?: boolean;
  /** `MsgSeq`; the service draws one when absent. */
  readonly seq?: number;
  /** `MsgRandom`; drawn here when absent. The service drops repeats of the same within 120 s. */
  readonly random?: number;
  /** `MsgLifeTime`: seconds of offline storage, at most 604,800. */
  readonly lifeTime?: number;
  /** JSON text of `OfflinePushInfo`. */
  readonly offlinePushInfo?: string;
  /** `SendMsgControl`, e.g. `NoUnread`. */
  readonly sendMsgControl?: readonly string[];
}

export interface NewMessage extends SendOptions {
  readonly to: string;
  /** `MsgTimeStamp`, Unix seconds. */
  readonly time?: number;
  /** Delivered to who is online, and not stored. */
  readonly onlineOnly?: boolean;
  /** `ForbidCallbackControl`, e.g. `ForbidBeforeSendMsgCallback`. */
  readonly forbidCallbackControl?: readonly string[];
}

export interface NewBatchMessage extends SendOptions {
  /** At most 500. */
  readonly to: readonly string[];
}

export interface SentMessage {
  readonly key: string;
  /** `MsgTime`, Unix seconds. */
  readonly time: number;
}

export interface BatchResult {
  /** One key for all receivers; absent when nobody got the message. */
  readonly key?: string;
  /** Receivers that did not get it, with the code for each. */
  readonly failed: readonly { readonly userId: string; readonly code: number }[];
}

export interface ImportedMessage extends MessageContent {
  readonly from: string;
  readonly to: string;
  readonly msgBody: string;
  /** Unix seconds. */
  readonly time: number;
  readonly seq?: number;
  readonly random?: number;
  /** True: counts as unread and is pushed to clients (`SyncFromOldSystem` 5); else silent history (2). */
  readonly live?: boolean;
}

export interface DeleteMessages {
  /** On whose side they are deleted. */
  readonly operator: string;
  readonly peer: string;
  readonly keys: readonly string[];
}

/** The most keys that `delete_c2c_msg_ramble` takes. */
const DELETE_KEYS = 30;

function u32(): number {
  return randomBytes(4).readUInt32BE();
}

function contentOnWire({ msgBody, cloudCustomData }: MessageContent) {
  return { MsgBody: msgBody, CloudCustomData: cloudCustomData };
}

export async function sendMessage(
  call: Caller,
  message: NewMessage,
  signal?: AbortSignal,
): Promise<SentMessage> {
  const command = 'openim/sendmsg';
  const fields = {
    ...sendFields(message),
    To_Account: message.to,
    MsgTimeStamp: message.time,
    OnlineOnlyFlag: message.onlineOnly ? 1 : undefined,
    ForbidCallbackControl: message.forbidCallbackControl,
  };
  const body = requestBody(fields, sendRaw(message));
  const read = readFields(command, (f) => ({ key: f.string('MsgKey'), time: f.integer('MsgTime') }));
  return call(command, body, read, signal);
}

export async function batchSend(
  call: Caller,
  message: NewBatchMessage,
  signal?: AbortSignal,
): Promise<BatchResult> {
  const command = 'openim/batchsendmsg';
  const body = requestBody({ ...sendFields(message), To_Account: message.to }, sendRaw(message));
  const read = readFields(command, (fields) => ({
    ...(fields.get('MsgKey') !== undefined && { key: fields.string('MsgKey') }),
    failed: fields.objects('ErrorList').map((item) => ({
      userId: item.string('To_Account'),
      code: item.integer('ErrorCode'),
    })),
  }));
  return call(command, body, read, signal);
}

function sendFields(message: SendOptions): Record<string, unknown> {
  return {
    SyncOtherMachine: message.syncToSender === undefined ? undefined : message.syncToSender ? 1 : 2,
    From_Account: message.from,
    MsgSeq: message.seq,
    MsgRandom: message.random ?? u32(),
    MsgLifeTime: message.lifeTime,
    SendMsgControl: message.sendMsgControl,
  };
}

function sendRaw(message: SendOptions): Record<string, string | undefined> {
  return { ...contentOnWire(message), OfflinePushInfo: message.offlinePushInfo };
}

export async function importMessage(
  call: Caller,
  message: ImportedMessage,
  signal?: AbortSignal,
): Promise<string> {
  const command = 'openim/importmsg';
  // The answer holds no key, so everything a key is made of is chosen here.
  const { seq = u32(), random = u32(), time } = message;
  const body = requestBody(
    {
      SyncFromOldSystem: message.live ? 5 : 2,
      From_Account: message.from,
      To_Account: message.to,
      MsgSeq: seq,
      MsgRandom: random,
      MsgTimeStamp: time,
    },
    contentOnWire(message),
  );
  await call(command, body, readSuccess(command), signal);
  return formatMsgKey({ seq, random, time });
}

export async function deleteMessages(
  call: Caller,
  request: DeleteMessages,
  signal?: AbortSignal,
): Promise<string[]> {
  const command = 'openim/delete_c2c_msg_ramble';
  const unknown: string[] = [];
  const read = readFields(command, (fields) => fields.strings('InvalidMsgKeyList'));
  for (const part of inParts(request.keys, DELETE_KEYS)) {
    const body = requestBody({
      Operator_Account: request.operator,
      Peer_Account: request.peer,
      MsgKeyList: part,
    });
    unknown.push(...(await call(command, body, read, signal)));
  }
  return unknown;
}
