import { textIn, wordIn } from './content';
import type { Element } from './element';
import { FORMATS, text } from './fields';

export const customElement: Element = {
  name: { en: 'Custom message', zh: '自定义消息' },
  icon: 'json',
  source: FORMATS,
  fields: [
    text('Data', 'always', { json: true, example: '{"type":"order"}' }),
    text('Desc', 'no', { example: 'notification' }),
    text('Ext', 'no', { json: true, example: 'url' }),
    text('Sound', 'no', { example: 'dingdong.aiff' }),
  ],
  most: 1,
  otherTypes: [],
  elemType: 3,
  aliases: { description: 'Desc', extension: 'Ext' },
  sample: { Data: 'message', Desc: 'notification', Ext: 'url', Sound: 'dingdong.aiff' },
  summary: (content) => wordIn(content, 'Desc') || wordIn(content, 'Data'),
  preview: (content) => ({
    kind: 'custom',
    desc: textIn(content, 'Desc'),
    data: textIn(content, 'Data'),
    ext: textIn(content, 'Ext'),
  }),
  // Without `Desc` a message of this one element is not pushed.
  push: (content) => textIn(content, 'Desc'),
};
