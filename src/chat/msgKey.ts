/** The three numbers a MsgKey is made of, each unsigned 32-bit. */
export interface MsgKeyParts {
  readonly seq: number;
  readonly random: number;
  /** Unix seconds. */
  readonly time: number;
}

const form = /^(0|[1-9]\d{0,9})_(0|[1-9]\d{0,9})_(0|[1-9]\d{0,9})$/;
const maxU32 = 0xffff_ffff;

/**
 * Takes `MsgSeq_MsgRandom_MsgTimeStamp` apart. Strict: three plain decimal numbers below 2^32, nothing around
 * them; so `formatMsgKey` gives back the very text.
 */
export function parseMsgKey(text: string): MsgKeyParts | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [seq, random, time] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (seq > maxU32 || random > maxU32 || time > maxU32) return undefined;
  return { seq, random, time };
}

export function formatMsgKey({ seq, random, time }: MsgKeyParts): string {
  return `${seq}_${random}_${time}`;
}
