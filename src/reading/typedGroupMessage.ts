/** A message of a group that a text tells of; an answer of history does not say of which. */
export interface ToldOfGroup {
  readonly chat: 'group';
  readonly group?: string | undefined;
  readonly topic?: string | undefined;
  readonly seq: number;
}

/**
 * GroupId and MsgSeq as a person types them, or as a message's name writes them: `GROUP 12`, `GROUP #12`,
 * `GROUP / TOPIC #12`. Undefined for anything else.
 */
export function typedGroupMessage(text: string): ToldOfGroup | undefined {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '/');
  const seq = /^#?([1-9]\d{0,15})$/.exec(words.at(-1) ?? '')?.[1];
  const [group, topic] = words.slice(0, -1);
  if (group === undefined || !Number.isSafeInteger(Number(seq)) || words.length > 3) return undefined;
  // Three numbers are a MsgKey without its underscores, rather.
  if (words.length === 3 && words.every((word) => /^\d+$/.test(word))) return undefined;
  if (/[{}[\]"]/.test(text)) return undefined;
  return { chat: 'group', group, seq: Number(seq), ...(topic !== undefined && { topic }) };
}
