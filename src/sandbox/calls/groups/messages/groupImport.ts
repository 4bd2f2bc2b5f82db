import { isRecord, member } from '../../../../json/values';
import { itemTexts } from '../../../../json/trustingScanner';
import { Refusal, RequestBody } from '../../../requestBody';
import { field, seconds, type Call, type CallContext } from '../../call';
import type { NewContent } from '../../content';
import { described } from '../../described';
import { accountExists, optionalInteger, requiredList } from '../../fields';
import { randomUint32 } from '../../send';
import { sentContentOf, TOO_LONG } from './groupContent';
import {
  GROUP_CODES,
  groupIdOf,
  groupOf,
  integerIn,
  messagesAt,
  refuseTypes,
  topicIdOf,
} from '../groupFields';

const MOST = 7;

/** One message of the request. */
interface Imported {
  readonly from: string;
  readonly time: number;
  readonly random: number;
  /** Undefined when it is too long. */
  readonly content: NewContent | undefined;
}

/**
 * `group_open_http_svc/import_group_msg` (269/1635): up to seven, by rising time, which must be above that of the group's
 * last message and its making, and not above now. A time that is not, and what is too long, is the message's own
 * `Result`. No webhooks.
 */
export const importGroupMsg: Call = {
  ...described('group_open_http_svc/import_group_msg'),
  run(body, context) {
    const id = groupIdOf(body);
    optionalInteger(body, 'RecentContactFlag', GROUP_CODES.parameter, 0, 1);
    const list = messagesOf(body, context);
    const topic = topicIdOf(body);
    const group = groupOf(context, id);
    refuseTypes(group, ['AVChatRoom']);
    const { place, messages } = messagesAt(group, topic);
    const now = seconds(context);
    const quiet = body.get('RecentContactFlag') !== 1;
    const results = list.map(({ from, time, random, content }) => {
      const isInTime = time > messages.lastTime && time >= group.facts.createTime && time <= now;
      if (!isInTime || !content)
        return { MsgSeq: 0, MsgTime: time, Result: content ? GROUP_CODES.parameter : TOO_LONG };
      const { msgBody, cloudCustomData: cloud } = content;
      const seq = messages.nextSeq;
      context.store.change({
        kind: 'groupMessage',
        ...place,
        message: {
          ...{ seq, from, random, time, body: msgBody },
          ...(cloud !== undefined && { cloud }),
          ...(quiet && { quiet }),
        },
      });
      return { MsgSeq: seq, MsgTime: time, Result: 0 };
    });
    return { fields: field('ImportMsgResult', results) };
  },
};

function messagesOf(body: RequestBody, context: CallContext): Imported[] {
  const texts = itemTexts(body.textOf('MsgList') ?? '[]');
  return requiredList(body, 'MsgList', MOST, GROUP_CODES.parameter).map((item, index) => {
    if (!isRecord(item))
      throw new Refusal(GROUP_CODES.parameter, 'MsgList has an item that is not an object');
    const from = member(item, 'From_Account');
    if (typeof from !== 'string' || !accountExists(context, from))
      throw new Refusal(GROUP_CODES.parameter, 'From_Account is not an account');
    const time = integerIn(item, 'SendTime');
    if (time === undefined) throw new Refusal(GROUP_CODES.parameter, 'SendTime is missing');
    const random = integerIn(item, 'Random') ?? randomUint32();
    return { from, time, random, content: contentOf(texts[index] ?? '{}', context) };
  });
}

function contentOf(text: string, context: CallContext): NewContent | undefined {
  const item = RequestBody.parse(text, context.settings.nulls);
  if (!item) throw new Refusal(GROUP_CODES.parameter, 'MsgList has an item that is not an object');
  try {
    return sentContentOf(item, context);
  } catch (error) {
    if (error instanceof Refusal && error.code === TOO_LONG) return undefined;
    throw error;
  }
}
