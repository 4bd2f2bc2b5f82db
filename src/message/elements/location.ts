import { numbersIn, textIn, wordIn } from './content';
import type { Element } from './element';
import { FORMATS, text } from './fields';

export const locationElement: Element = {
  name: { en: 'Location', zh: '位置' },
  icon: 'location',
  source: FORMATS,
  fields: [
    text('Desc', 'send', { example: 'someinfo' }),
    {
      name: 'Latitude',
      type: 'number',
      required: 'send',
      unit: 'degrees',
      min: -90,
      max: 90,
      example: 29.340656774469956,
    },
    {
      name: 'Longitude',
      type: 'number',
      required: 'send',
      unit: 'degrees',
      min: -180,
      max: 180,
      example: 116.77497920478824,
    },
  ],
  otherTypes: [],
  elemType: 7,
  aliases: { description: 'Desc', lat: 'Latitude', lng: 'Longitude', lon: 'Longitude' },
  sample: { Desc: 'someinfo', Latitude: 29.340656774469956, Longitude: 116.77497920478824 },
  summary: (content) =>
    wordIn(content, 'Desc') ||
    [wordIn(content, 'Latitude'), wordIn(content, 'Longitude')].filter((part) => part !== '').join(', '),
  preview: (content) => ({
    kind: 'location',
    name: textIn(content, 'Desc'),
    ...numbersIn(content, { latitude: 'Latitude', longitude: 'Longitude' }),
  }),
  push: { en: '[Location]', zh: '[位置]' },
};
