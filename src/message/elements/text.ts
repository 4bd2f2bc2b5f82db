import { textIn, wordIn } from './content';
import type { Element } from './element';
import { FORMATS, text } from './fields';

export const textElement: Element = {
  name: { en: 'Text', zh: '文本' },
  icon: 'comment',
  source: FORMATS,
  fields: [text('Text', 'always', { example: 'hello world' })],
  otherTypes: ['txt'],
  elemType: 0,
  aliases: { msg: 'Text', content: 'Text' },
  sample: { Text: 'hello world' },
  summary: (content) => wordIn(content, 'Text'),
  preview: (content) => ({ kind: 'text', text: textIn(content, 'Text') }),
  push: (content) => textIn(content, 'Text'),
};
