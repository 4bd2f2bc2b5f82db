import type { ListedChat, ShownMessage } from '../../src/sandbox/control/pageProtocol';
import { ask, RouteError } from './connection';
import { codeText, l10n } from './l10n';

interface Answer {
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
}

/**
 * Makes a call of the service as the administrator.
 *
 * @param members of the body, each with its JSON text, so that every digit arrives
 * @throws {RouteError} with the code and its meaning when the service refuses
 */
async function call(command: string, members: Readonly<Record<string, string>>): Promise<void> {
  const pairs = Object.entries(members).map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  const text = await ask(
    'POST',
    `call?${new URLSearchParams({ command }).toString()}`,
    `{${pairs.join(',')}}`,
  );
  const { ErrorCode, ErrorInfo } = JSON.parse(text) as Answer;
  if (ErrorCode !== 0) throw new RouteError(refusalText(ErrorCode, command, ErrorInfo));
}

/** A refusal in words: code, what the answer says, and what that means. */
function refusalText(code: number, command: string | undefined, info: string): string {
  const meaning = codeText(code, command);
  return meaning === undefined ? `${code} ${info}` : `${code} ${info} – ${meaning}`;
}

/** What is to be sent. */
export interface Draft {
  readonly from: string;
  /** JSON text. */
  readonly body: string;
  /** JSON text of a string. */
  readonly cloud: string | undefined;
}

const json = (value: unknown): string => JSON.stringify(value);
const randomNumber = (): string => String(Math.floor(Math.random() * 0x1_0000_0000));

export function send(
  to: { readonly user: string } | ListedChat,
  { from, body, cloud }: Draft,
): Promise<void> {
  const content = { MsgBody: body, ...(cloud !== undefined && { CloudCustomData: cloud }) };
  if ('user' in to) {
    const parties = { From_Account: json(from), To_Account: json(to.user) };
    return call('openim/sendmsg', { ...parties, MsgRandom: randomNumber(), ...content });
  }
  if (to.chat === 'c2c') {
    const [one, other] = to.users;
    return send({ user: from === one ? other : one }, { from, body, cloud });
  }
  return call('group_open_http_svc/send_group_msg', {
    ...placeOf(to),
    From_Account: json(from),
    Random: randomNumber(),
    ...content,
  });
}

export function modify(chat: ListedChat, message: ShownMessage, body: string, cloud: string): Promise<void> {
  const content = { MsgBody: body, CloudCustomData: cloud };
  if (chat.chat === 'group') {
    return call('openim/modify_group_msg', { ...placeOf(chat), MsgSeq: message.key, ...content });
  }
  return call('openim/modify_c2c_msg', { ...partiesOf(chat.users, message), ...content });
}

export function recall(chat: ListedChat, message: ShownMessage): Promise<void> {
  if (chat.chat === 'group') {
    const list = `[{"MsgSeq":${message.key}}]`;
    return call('group_open_http_svc/group_msg_recall', { ...placeOf(chat), MsgSeqList: list });
  }
  return call('openim/admin_msgwithdraw', partiesOf(chat.users, message));
}

function placeOf({ group, topic }: ListedChat & { chat: 'group' }): Record<string, string> {
  return { GroupId: json(group), ...(topic !== undefined && { TopicId: json(topic) }) };
}

function partiesOf(
  [one, other]: readonly [string, string],
  { from, key }: ShownMessage,
): Record<string, string> {
  return {
    From_Account: json(from),
    To_Account: json(from === one ? other : one),
    MsgKey: json(key),
  };
}

/** A chat in words. */
export function chatName(chat: ListedChat): string {
  if (chat.chat === 'c2c') return chat.users.join(' ↔ ');
  const name = chat.name === '' ? chat.group : chat.name;
  return chat.topic === undefined ? l10n.t('Group {0}', name) : l10n.t('Topic {0}', name);
}

/** Whether two are the same chat. */
export function sameChat(one: ListedChat, other: ListedChat): boolean {
  return queryOf(one) === queryOf(other);
}

/** What names a chat in a query. */
export function queryOf(chat: ListedChat): string {
  if (chat.chat === 'c2c') {
    return new URLSearchParams({ one: chat.users[0], other: chat.users[1] }).toString();
  }
  return new URLSearchParams({
    group: chat.group,
    ...(chat.topic !== undefined && { topic: chat.topic }),
  }).toString();
}
