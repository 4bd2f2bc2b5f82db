import { parseMsgKey } from './msgKey';

/** What the id that a client's SDK gives a message is made of: `tinyid-time-random`. */
export interface SdkIdParts {
  /** The sender as the SDKs number users; no UserID. */
  readonly tinyId: string;
  /** Unix seconds by the sender's clock, which may differ from the service's. */
  readonly time: number;
  /** The message's `MsgRandom`. */
  readonly random: number;
}

const form = /^(\d{9,20})-(\d{10})-(\d{1,10})$/;

/** Takes the id of a client's SDK apart; undefined for anything else. It has no `MsgSeq`, so it makes no MsgKey. */
export function parseSdkId(text: string): SdkIdParts | undefined {
  const [, tinyId, time, random] = form.exec(text) ?? [];
  if (tinyId === undefined || time === undefined || random === undefined) return undefined;
  const parts = parseMsgKey(`0_${Number(random)}_${Number(time)}`);
  return parts && { tinyId, time: parts.time, random: parts.random };
}
