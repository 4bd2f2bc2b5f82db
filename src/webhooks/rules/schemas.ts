import type { Language } from '../../message/elements';
import type { JsonSchema } from '../../message/schema';
import { webhookCommands } from '../../webhooks/commands';
import type { RuleAnswer } from './rule';

type Words = readonly [english: string, chinese: string];

const MATCH: Readonly<Record<string, Words>> = {
  command: [
    '`CallbackCommand`s it is for, one or a list; all when absent.',
    '规则适用的 `CallbackCommand`，一个或一个列表；缺省时适用于全部。',
  ],
  from: ['UserIDs of who sends or acts, one or a list.', '发送方或操作者的 UserID，一个或一个列表。'],
  to: [
    'UserIDs of whom it is sent or done to, one or a list.',
    '接收方或被操作者的 UserID，一个或一个列表。',
  ],
  group: ['GroupIds, one or a list.', 'GroupId，一个或一个列表。'],
  text: [
    'Text in the message, whichever case, or a regular expression between slashes: `/order \\d+/i`.',
    '消息中的文本（不区分大小写），或斜杠之间的正则表达式：`/order \\d+/i`。',
  ],
};

const ANSWERS: Readonly<Record<RuleAnswer['do'], Words>> = {
  allow: ['Allow', '放行'],
  forbid: [
    'Forbid, with a `code` that the sender gets and an `info`; without a code the service says its own',
    '拒绝，并给出发送方得到的 `code` 和 `info`；不带 code 时使用服务自己的错误码',
  ],
  replace: [
    'Go on with another `MsgBody` or `CloudCustomData`',
    '替换 `MsgBody` 或 `CloudCustomData` 后放行',
  ],
  drop: ['Drop the message; its sender is told that it was sent', '丢弃消息，发送方仍得到成功结果'],
  none: ['No answer at all', '不应答'],
  broken: ['An answer that is no JSON; `text` says which', '不是 JSON 的应答；可用 `text` 指定'],
  status: ['An HTTP `status` other than 200', '返回指定的 HTTP `status`'],
  custom: ['A `text` of your own', '自定义的应答 `text`'],
  forward: ['Ask your own server at `to`, which has 1.5 s', '询问自己的服务器 `to`，限时 1.5 秒'],
};

const SAMPLES: readonly (readonly [Words, object])[] = [
  [
    ['Forbid with a code', '以错误码拒绝'],
    {
      name: '$1',
      when: { command: 'C2C.CallbackBeforeSendMsg', text: '$2' },
      answer: { do: 'forbid', code: 120001, info: '$3' },
    },
  ],
  [
    ['Replace the content', '替换内容'],
    {
      when: { command: 'C2C.CallbackBeforeSendMsg' },
      answer: { do: 'replace', MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: '$1' } }] },
    },
  ],
  [['Answer late', '延迟应答'], { answer: { do: 'allow', delayMs: 2500 } }],
  [
    ['Ask my own server', '询问自己的服务器'],
    { answer: { do: 'forward', to: 'http://127.0.0.1:${1:8080}/callback' } },
  ],
];

/** The schema of the document of rules. It serves completion and hover only: what is wrong is said by the reader of rules. */
export function rulesSchema(language: Language): JsonSchema {
  const say = ([english, chinese]: Words): string => (language === 'zh' ? chinese : english);
  const described = (words: Words, more: JsonSchema = {}): JsonSchema => ({
    markdownDescription: say(words),
    ...more,
  });
  const names = webhookCommands.map(({ name }) => name);
  const match = Object.fromEntries(
    Object.entries(MATCH).map(([name, words]) => [
      name,
      described(words, name === 'command' ? { examples: names, items: { examples: names } } : {}),
    ]),
  );
  const answer = {
    do: {
      markdownDescription: Object.entries(ANSWERS)
        .map(([name, words]) => `- \`${name}\`: ${say(words)}`)
        .join('\n'),
      examples: Object.keys(ANSWERS),
    },
    delayMs: described([
      'Milliseconds before the answer; the service waits for 2000.',
      '应答前等待的毫秒数；服务等待 2000 毫秒。',
    ]),
    code: described([
      'From 120001 to 130000 for one-to-one messages, 10100 to 10200 for groups, 38000 to 39000 for friends.',
      '单聊消息为 120001 至 130000，群组为 10100 至 10200，好友为 38000 至 39000。',
    ]),
    info: described(['Text that comes with the code.', '随错误码返回的文本。']),
    MsgBody: { $ref: `${messageSchemaFile(language)}#/properties/MsgBody` },
    CloudCustomData: described(['In place of the message’s own.', '替换消息自身的 CloudCustomData。']),
    status: described(['From 200 to 599.', '200 至 599。']),
    text: described(['What is answered, as it is.', '原样返回的应答内容。']),
    to: described([
      'Address of your own server. One on another machine is asked about once.',
      '自己服务器的地址。若不在本机，会先询问一次。',
    ]),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    properties: {
      rules: {
        markdownDescription: say([
          'The first rule that matches answers. Without one, everything is allowed.',
          '由第一条匹配的规则应答；没有匹配时全部放行。',
        ]),
        items: {
          defaultSnippets: SAMPLES.map(([label, body]) => ({ label: say(label), body })),
          properties: {
            name: described([
              'A name, which webhooks that it answered show.',
              '规则名称，会显示在由它应答的回调上。',
            ]),
            off: described(['`true` switches the rule off.', '`true` 表示停用该规则。']),
            when: described(
              ['Which webhooks it is for: all that fit each member.', '规则适用的回调：需满足每个成员。'],
              { properties: match },
            ),
            answer: described(['What is answered.', '如何应答。'], { properties: answer }),
          },
        },
      },
    },
  };
}

/** The schema of webhooks as documents to read: hover for the content of their messages. */
export function webhookSchema(language: Language): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    properties: { body: { $ref: messageSchemaFile(language) } },
  };
}

/** The schema of messages, which lies beside. */
function messageSchemaFile(language: Language): string {
  return `./message.schema${language === 'zh' ? '.zh-cn' : ''}.json`;
}
