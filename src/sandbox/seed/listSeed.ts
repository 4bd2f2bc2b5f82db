import { memberText } from '../../json/trustingScanner';
import { isRecord, member } from '../../json/values';

/**
 * A list of messages, as `*.chatmsgs.json` files have it, or the `MsgList` of an answer, with or without the answer around
 * it, as a seed: its messages, and an account for everybody who is named in it.
 *
 * @param text JSON text
 * @param value the same, parsed
 * @returns text in the seed format; undefined when it is no list
 */
export function seedOfList(text: string, value: unknown): string | undefined {
  const list = Array.isArray(value) ? (value as unknown[]) : listIn(value);
  const messages = Array.isArray(value) ? text : memberText(text, 'MsgList');
  if (!list || messages === undefined) return undefined;
  const users = new Set<string>();
  for (const item of list) {
    if (!isRecord(item)) continue;
    for (const name of ['From_Account', 'To_Account']) {
      const user = member(item, name);
      if (typeof user === 'string') users.add(user);
    }
  }
  const accounts = JSON.stringify([...users].map((UserID) => ({ UserID })));
  return `{"Format":1,"Accounts":${accounts},"Messages":${messages}}`;
}

function listIn(value: unknown): unknown[] | undefined {
  if (!isRecord(value) || member(value, 'Format') !== undefined) return undefined;
  const list = member(value, 'MsgList');
  return Array.isArray(list) ? (list as unknown[]) : undefined;
}
