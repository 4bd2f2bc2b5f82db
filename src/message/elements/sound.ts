import { numbersIn, secondsIn, urlIn } from './content';
import type { Element } from './element';
import { count, downloadFlag, FORMATS, link, text } from './fields';

export const soundElement: Element = {
  name: { en: 'Voice message', zh: '语音消息' },
  icon: 'unmute',
  source: FORMATS,
  fields: [
    link('Url'),
    text('UUID', 'documented', { example: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F' }),
    count('Size', 'no', { unit: 'bytes', example: 62_351 }),
    count('Second', 'no', { unit: 'seconds', example: 1 }),
    downloadFlag('Download_Flag'),
  ],
  otherTypes: ['voice', 'audio', 'timaudioelem'],
  elemType: 2,
  aliases: {
    soundurl: 'Url',
    audiourl: 'Url',
    downurl: 'Url',
    remoteaudiourl: 'Url',
    sounduuid: 'UUID',
    soundsize: 'Size',
    filesize: 'Size',
    soundsecond: 'Second',
    duration: 'Second',
    filetime: 'Second',
    videodownloadflag: 'Download_Flag',
    sounddownloadflag: 'Download_Flag',
  },
  sample: {
    Url: 'https://files.example.com/voice/c9be9d32c05bfb77b3edafa4312c6c7d',
    UUID: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F',
    Size: 62_351,
    Second: 1,
    Download_Flag: 2,
  },
  summary: (content) => secondsIn(content, 'Second'),
  preview: (content) => ({
    kind: 'sound',
    ...numbersIn(content, { seconds: 'Second', size: 'Size' }),
    ...urlIn(content, 'Url'),
  }),
  push: { en: '[Voice]', zh: '[语音]' },
};
