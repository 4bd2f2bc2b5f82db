import { crc32 } from 'node:zlib';
import type { MessageContent } from '../../chat/chatMessage';
import { formatMsgKey } from '../../chat/msgKey';
import type { MessageRecord } from '../store/storedMessage';
import { contentOf, newContentOf, type NewContent } from './content';
import { field, seconds, type Call, type CallContext, type Success } from './call';
import { Refusal, type RequestBody } from '../requestBody';
import { described } from './described';
import { checkAccount, optionalInteger, optionalUint32, requiredAccount, requiredUint32 } from './fields';
import {
  checkCloudCustomData,
  checkForm,
  checkNotDeleted,
  checkPushInfo,
  lifeTime,
  senderOf,
  storedForSender,
  words,
} from './sendFields';
import { unreadOf } from './unread';

/** What the sender decides about one message, before its content. */
interface Wish {
  readonly from: string;
  readonly to: string;
  readonly forSender: boolean;
  readonly online: boolean;
  readonly life: number;
  readonly seq: number | undefined;
  readonly random: number;
  readonly time: number | undefined;
  readonly forbidden: ReadonlySet<string>;
  readonly control: ReadonlySet<string>;
}

/** `openim/sendmsg` (269/2282). */
export const sendMsg: Call = {
  ...described('openim/sendmsg'),
  run(body, context) {
    const wish = wishOf(body, context);
    checkForm(wish.from, 'From_Account', 20003);
    checkForm(wish.to, 'To_Account', 20003);
    checkNotDeleted(context, wish.from);
    checkAccount(context, wish.from, 'From_Account', 20003);
    checkAccount(context, wish.to, 'To_Account', 90012);
    const content = newContentOf(body, context);
    const time = (context.settings.sendTime === 'request' ? wish.time : undefined) ?? seconds(context);
    const seq = wish.seq ?? randomUint32();
    const identity = identityOf(wish, content, context);
    const repeated = identity === undefined ? undefined : context.duplicates.find(identity, context.now());
    if (repeated !== undefined) return sent(repeated, context);
    return deliver(wish, draftOf(content, seq, wish.random, time), identity, context);
  },
};

const callbackWords = ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'];
const controlWords = ['NoUnread', 'NoLastMsg', 'WithMuteNotifications'];

/** Reads the fields in the order of their table, all but the content. */
function wishOf(body: RequestBody, context: CallContext): Wish {
  const forSender = storedForSender(body, context);
  const from = senderOf(body, context, 20003);
  const to = requiredAccount(body.get('To_Account'), 'To_Account', 90003);
  const online = optionalInteger(body, 'OnlineOnlyFlag', 90010, 0, 1) === 1;
  const life = lifeTime(body);
  const seq = optionalUint32(body, 'MsgSeq', 90010);
  const random = requiredUint32(body, 'MsgRandom', 90005);
  const time = optionalUint32(body, 'MsgTimeStamp', 90006);
  const forbidden = words(body, 'ForbidCallbackControl', callbackWords);
  const control = words(body, 'SendMsgControl', controlWords);
  checkCloudCustomData(body);
  optionalInteger(body, 'SupportMessageExtension', 90010, 0, 1);
  optionalInteger(body, 'IsNeedReadReceipt', 90010, 0, 1);
  checkPushInfo(body);
  return { from, to, forSender, online, life, seq, random, time, forbidden, control };
}

interface Draft {
  readonly seq: number;
  readonly random: number;
  readonly time: number;
  readonly msgBody: string;
  readonly cloudCustomData?: string;
}

function draftOf({ msgBody, cloudCustomData }: NewContent, seq: number, random: number, time: number): Draft {
  return cloudCustomData === undefined
    ? { seq, random, time, msgBody }
    : { seq, random, time, msgBody, cloudCustomData };
}

/** Asks the webhook before sending if there is one, and sends. */
function deliver(
  wish: Wish,
  draft: Draft,
  identity: string | undefined,
  context: CallContext,
): Success | Promise<Success> {
  const asked = !wish.forbidden.has('ForbidBeforeSendMsgCallback') && context.webhooks.hasBeforeSend;
  return asked ? askAndSend(wish, draft, identity, context) : send(wish, draft, identity, context);
}

async function askAndSend(
  wish: Wish,
  draft: Draft,
  identity: string | undefined,
  context: CallContext,
): Promise<Success> {
  const key = formatMsgKey(draft);
  const verdict = await context.webhooks.beforeSend(webhookFacts(wish, draft, key), draft);
  if (verdict === 'drop') return sent(key, context);
  const replaced = verdict.content ? checkedReplacement(verdict.content, context) : {};
  return send(wish, { ...draft, ...replaced }, identity, context);
}

function send(wish: Wish, draft: Draft, identity: string | undefined, context: CallContext): Success {
  const { from, to } = wish;
  const key = formatMsgKey(draft);
  if (!context.store.conversation(from, to)?.find(from, draft)) {
    if (identity !== undefined) context.duplicates.remember(identity, key, context.now());
    if (!wish.online) context.store.change({ kind: 'message', message: recordOf(wish, draft) });
  }
  if (!wish.forbidden.has('ForbidAfterSendMsgCallback') && context.webhooks.hasAfterSend) {
    context.webhooks.afterSend(webhookFacts(wish, draft, key), draft, () => unreadOf(context, to));
  }
  return sent(key, context);
}

/** What a webhook put in the place of the content must be a message too; 90992 says that the webhook answered badly. */
export function checkedReplacement(replacement: RequestBody, context: CallContext): MessageContent {
  try {
    checkCloudCustomData(replacement);
    return contentOf(replacement, context);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(90992, `the webhook's content: ${error.info}`);
    throw error;
  }
}

function recordOf(wish: Wish, draft: Draft): MessageRecord {
  const quietFor = wish.control.has('NoLastMsg') ? 'both' : wish.forSender ? undefined : 'sender';
  const { seq, random, time, msgBody: body, cloudCustomData: cloud } = draft;
  const record: { -readonly [name in keyof MessageRecord]: MessageRecord[name] } = {
    from: wish.from,
    to: wish.to,
    seq,
    random,
    time,
    body,
  };
  if (cloud !== undefined) record.cloud = cloud;
  if (!wish.forSender) record.seenBy = 'receiver';
  if (quietFor) record.quietFor = quietFor;
  if (!wish.control.has('NoUnread') && wish.life > 0) record.unread = true;
  return record;
}

function webhookFacts(wish: Wish, draft: Draft, key: string): Record<string, unknown> {
  return {
    From_Account: wish.from,
    To_Account: wish.to,
    MsgSeq: draft.seq,
    MsgRandom: draft.random,
    MsgTime: draft.time,
    MsgKey: key,
    OnlineOnlyFlag: wish.online ? 1 : 0,
  };
}

/**
 * Sender, MsgSeq, MsgRandom and CRC32 of the content. Undefined without a MsgSeq: the one that the service then chooses
 * repeats nothing.
 */
function identityOf(wish: Wish, content: NewContent, context: CallContext): string | undefined {
  if (wish.seq === undefined) return undefined;
  const checksum = crc32(content.cloudCustomData ?? '', crc32(content.msgBody));
  const scope = context.settings.duplicates === 'sender' ? '' : wish.to;
  return `${wish.from}\n${scope}\n${wish.seq}\n${wish.random}\n${checksum}`;
}

/** The answer of a send. */
function sent(key: string, context: CallContext): Success {
  const time = key.slice(key.lastIndexOf('_') + 1);
  return { fields: `,"MsgTime":${time},"MsgKey":"${key}"${messageId(key, context)}` };
}

/** `MsgId`, which newer answers have; a client's id of the message, of another form than the MsgKey. */
export function messageId(key: string, context: CallContext): string {
  if (!context.settings.msgId) return '';
  const [seq, random, time] = key.split('_');
  return field('MsgId', `144115188000000000-${time ?? ''}-${seq ?? ''}${random ?? ''}`);
}

export function randomUint32(): number {
  return Math.floor(Math.random() * 4_294_967_296);
}
