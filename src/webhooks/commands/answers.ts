import { isRecord, valueOfJson } from '../../json/values';
import type { WebhookName } from './samples';

/** What the app may answer to a webhook that the service waits for. */
interface AnswerRule {
  /** Code that the caller gets for a plain no (`ErrorCode` 1); absent where only items are refused. */
  readonly refused?: number;
  /** Codes of the app's own, which the caller gets together with `ErrorInfo`. */
  readonly custom: { readonly first: number; readonly last: number };
  /** Whether 2 drops the message while its sender is told that it was sent. */
  readonly drops?: true;
  /** Members of the message that an answer may carry in place of the message's own. */
  readonly replaces?: readonly ('MsgBody' | 'CloudCustomData')[];
  /** Member that names single accounts which are refused, the others going on. */
  readonly singles?: 'RefusedMembers_Account' | 'ResultItem';
}

/** Codes that an app may choose for a refusal: of messages between two, of groups, of friends. */
export const ownCodes = {
  c2c: { first: 120_001, last: 130_000 },
  group: { first: 10_100, last: 10_200 },
  friends: { first: 38_000, last: 39_000 },
} as const;

const GROUP = { refused: 10_016, custom: ownCodes.group } as const;
const MESSAGE = { drops: true, replaces: ['MsgBody', 'CloudCustomData'] } as const;
const FRIEND = { custom: ownCodes.friends, singles: 'ResultItem' } as const;

/**
 * The webhooks before an event (1047/34364, 34368, 34370, 34371, 34374, 43467, 43468, 49463). That a plain no is 10016 stands
 * on the page about groups that are created and in the table of codes, which says it of any operation.
 */
const answerRules: Readonly<Partial<Record<WebhookName, AnswerRule>>> = {
  'C2C.CallbackBeforeSendMsg': { refused: 20_006, custom: ownCodes.c2c, ...MESSAGE },
  'Group.CallbackBeforeSendMsg': { ...GROUP, ...MESSAGE },
  'Group.CallbackBeforeCreateGroup': GROUP,
  'Group.CallbackBeforeApplyJoinGroup': GROUP,
  'Group.CallbackBeforeInviteJoinGroup': { ...GROUP, singles: 'RefusedMembers_Account' },
  'Group.CallbackBeforeCreateTopic': GROUP,
  'Sns.CallbackPrevFriendAdd': FRIEND,
  'Sns.CallbackPrevFriendResponse': FRIEND,
};

/** What may be answered to a webhook; undefined for one that only tells. */
export function answerRule(command: string): AnswerRule | undefined {
  return Object.hasOwn(answerRules, command) ? answerRules[command as WebhookName] : undefined;
}

/** An account that is refused while others go on. */
interface RefusedAccount {
  readonly account: string;
  /** The app's own code, where the webhook has one for each account. */
  readonly code?: number;
  readonly info?: string;
}

/** What the service does with an answer. */
export type AnswerOutcome =
  /** Told after the event: nobody looks at the answer. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'allowed' }
  /** Goes on with these members of the answer in place of the message's own. */
  | { readonly kind: 'replaced'; readonly members: readonly string[] }
  | { readonly kind: 'singlesRefused'; readonly accounts: readonly RefusedAccount[] }
  | { readonly kind: 'dropped' }
  /** The caller gets this code; `info` is the app's own text, which only comes with its own codes. */
  | { readonly kind: 'refused'; readonly code: number; readonly info?: string }
  /** No answer that can be read: the event goes on, or the console's switch refuses it with 80003. */
  | { readonly kind: 'failed' };

/** The members of an answer that can be used: HTTP 200 and a JSON object with a number as `ErrorCode` (9.2 of the facts). */
export function readAnswer(status: number | undefined, text: string): Record<string, unknown> | undefined {
  const answer = status === 200 ? valueOfJson(text) : undefined;
  return isRecord(answer) && typeof answer.ErrorCode === 'number' ? answer : undefined;
}

/**
 * What the service does with an answer, as far as it is documented.
 *
 * @param answer from {@link readAnswer}
 */
export function judgeAnswer(command: string, answer: Record<string, unknown> | undefined): AnswerOutcome {
  const rule = answerRule(command);
  if (!rule) return { kind: 'ignored' };
  if (!answer) return { kind: 'failed' };
  const { ErrorCode: code, ErrorInfo: info } = answer;
  if (rule.refused === undefined) return judgeFriends(answer);
  if (code === 0) return allowedBy(rule, answer);
  if (code === 2 && rule.drops) return { kind: 'dropped' };
  if (typeof code === 'number' && code >= rule.custom.first && code <= rule.custom.last) {
    return { kind: 'refused', code, info: typeof info === 'string' ? info : '' };
  }
  return { kind: 'refused', code: rule.refused };
}

function allowedBy(rule: AnswerRule, answer: Record<string, unknown>): AnswerOutcome {
  const members = (rule.replaces ?? []).filter((name) => answer[name] !== undefined && answer[name] !== null);
  if (members.length > 0) return { kind: 'replaced', members };
  const refused = rule.singles && answer[rule.singles];
  const accounts = Array.isArray(refused) ? refused.filter((account) => typeof account === 'string') : [];
  if (accounts.length === 0) return { kind: 'allowed' };
  return { kind: 'singlesRefused', accounts: accounts.map((account) => ({ account })) };
}

/** Of friends the items decide; a code for the whole means that the app could not decide, which is ignored (1047/43468). */
function judgeFriends({ ErrorCode, ResultItem }: Record<string, unknown>): AnswerOutcome {
  const items = ErrorCode === 0 && Array.isArray(ResultItem) ? ResultItem.filter(isRecord) : [];
  const accounts = items.flatMap(({ To_Account: account, ResultCode: code, ResultInfo: info }) =>
    typeof account === 'string' && typeof code === 'number' && code !== 0
      ? [{ account, code, info: typeof info === 'string' ? info : '' }]
      : [],
  );
  return accounts.length > 0 ? { kind: 'singlesRefused', accounts } : { kind: 'allowed' };
}
