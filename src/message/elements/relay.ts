import { itemsIn, numbersIn, textIn, wordIn } from './content';
import type { Element } from './element';
import { count, text, type FieldSpec } from './fields';

const forwarded: readonly FieldSpec[] = [
  text('From_Account', 'no', { uncertain: true }),
  text('To_Account', 'no', { uncertain: true }),
  text('GroupId', 'no', { uncertain: true }),
  count('MsgSeq', 'no', { uncertain: true }),
  count('MsgRandom', 'no', { uncertain: true }),
  count('MsgTimeStamp', 'no', { uncertain: true, unit: 'unixSeconds' }),
  { name: 'MsgBody', type: 'array', required: 'no', uncertain: true, items: 'object' },
  text('CloudCustomData', 'no', { uncertain: true, json: true }),
];

/**
 * Messages that were forwarded together. Pages 269/2720 (2026-02-05) and 454/125492 list the type among those that the
 * calls send; its fields have no official table.
 */
export const relayElement: Element = {
  name: { en: 'Chat history', zh: '聊天记录' },
  icon: 'comment-discussion',
  source: 'https://trtc.io/document/74355',
  uncertain: true,
  fields: [
    text('Title', 'no', { uncertain: true, example: 'Group chat history' }),
    { name: 'MsgNum', type: 'integer', required: 'no', uncertain: true, min: 0, example: 2 },
    text('CompatibleText', 'no', { uncertain: true, example: 'Please upgrade to the latest version.' }),
    { name: 'AbstractList', type: 'array', required: 'no', uncertain: true, items: 'string' },
    { name: 'MsgList', type: 'array', required: 'no', uncertain: true, items: 'object', fields: forwarded },
    text('JsonMsgKey', 'no', { uncertain: true }),
  ],
  otherTypes: ['merger'],
  elemType: 12,
  aliases: {},
  sample: {
    Title: 'Group chat history',
    MsgNum: 2,
    CompatibleText: 'This version does not support combined messages. Please upgrade.',
    AbstractList: ['A: What do you think of this?', 'B: I think it’s great.'],
    MsgList: [
      {
        From_Account: 'A',
        GroupId: 'group1',
        MsgSeq: 85,
        MsgRandom: 3_998_651_049,
        MsgTimeStamp: 1_664_437_702,
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'What do you think of this?' } }],
      },
      {
        From_Account: 'B',
        GroupId: 'group1',
        MsgSeq: 86,
        MsgRandom: 965_790,
        MsgTimeStamp: 1_664_437_703,
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'I think it’s great.' } }],
      },
    ],
  },
  summary: (content) => wordIn(content, 'Title') || wordIn(content, 'CompatibleText'),
  preview: (content) => ({
    kind: 'forward',
    title: textIn(content, 'Title') || textIn(content, 'CompatibleText'),
    lines: itemsIn(content, 'AbstractList').flatMap((line) =>
      line.type === 'string' ? [String(line.value)] : [],
    ),
    ...numbersIn(content, { count: 'MsgNum' }),
  }),
  // No words of a push are documented.
  push: { en: '', zh: '' },
};
