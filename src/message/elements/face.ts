import { numbersIn, textIn, wordIn } from './content';
import type { Element } from './element';
import { FORMATS, text } from './fields';

export const faceElement: Element = {
  name: { en: 'Sticker', zh: '表情' },
  icon: 'smiley',
  source: FORMATS,
  fields: [
    { name: 'Index', type: 'number', required: 'send', example: 1 },
    text('Data', 'no', { json: true, example: 'content' }),
  ],
  otherTypes: ['emoji'],
  elemType: 6,
  aliases: { buf: 'Data' },
  sample: { Index: 1, Data: 'content' },
  summary: (content) =>
    wordIn(content, 'Data') || (wordIn(content, 'Index') && `#${wordIn(content, 'Index')}`),
  preview: (content) => ({
    kind: 'face',
    data: textIn(content, 'Data'),
    ...numbersIn(content, { index: 'Index' }),
  }),
  push: { en: '[Face]', zh: '[表情]' },
};
