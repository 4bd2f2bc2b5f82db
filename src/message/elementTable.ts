import type { ElementSpec, EnumValue, FieldSpec } from './elements';

const FORMATS = 'https://trtc.io/document/33527';
const RELAY = 'https://trtc.io/document/74355';
const LINK_EXAMPLE = 'https://example.com/file';

/** The flag of media that a client downloads from their address: no other value is documented. */
const DOWNLOAD: readonly EnumValue[] = [{ value: 2, id: 'download' }];

const IMAGE_FORMATS: readonly EnumValue[] = [
  { value: 1, id: 'jpg' },
  { value: 2, id: 'gif' },
  { value: 3, id: 'png' },
  { value: 4, id: 'bmp' },
  { value: 255, id: 'other' },
];

const IMAGE_SIZES: readonly EnumValue[] = [
  { value: 1, id: 'original' },
  { value: 2, id: 'large' },
  { value: 3, id: 'thumbnail' },
];

function text(name: string, required: FieldSpec['required'], more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, type: 'string', required, ...more };
}

function count(name: string, required: FieldSpec['required'], more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, type: 'number', required, min: 0, ...more };
}

function link(name: string): FieldSpec {
  return text(name, 'send', { link: true, example: LINK_EXAMPLE });
}

function flag(name: string): FieldSpec {
  return { name, type: 'number', required: 'send', values: DOWNLOAD, example: 2 };
}

const imageInfo: readonly FieldSpec[] = [
  { name: 'Type', type: 'number', required: 'no', values: IMAGE_SIZES, example: 1 },
  count('Size', 'no', { unit: 'bytes', example: 1_853_095 }),
  count('Width', 'send', { unit: 'pixels', example: 2448 }),
  count('Height', 'send', { unit: 'pixels', example: 3264 }),
  link('URL'),
];

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
 * The formats of the service. Whether a field is required follows Tencent's own server SDK; where only third
 * parties say so (location, face), it counts as asked for when sending; the merged forward has no official table.
 */
export const elementTable: readonly ElementSpec[] = [
  {
    type: 'TIMTextElem',
    sendable: true,
    source: FORMATS,
    fields: [text('Text', 'always', { example: 'hello world' })],
  },
  {
    type: 'TIMCustomElem',
    sendable: true,
    most: 1,
    source: FORMATS,
    fields: [
      text('Data', 'always', { json: true, example: '{"type":"order"}' }),
      text('Desc', 'no', { example: 'notification' }),
      text('Ext', 'no', { json: true, example: 'url' }),
      text('Sound', 'no', { example: 'dingdong.aiff' }),
    ],
  },
  {
    type: 'TIMImageElem',
    sendable: true,
    source: FORMATS,
    fields: [
      text('UUID', 'always', { example: '1853095_D61040894AC3DE44CDFFFB3EC7EB720F' }),
      { name: 'ImageFormat', type: 'number', required: 'always', values: IMAGE_FORMATS, example: 1 },
      { name: 'ImageInfoArray', type: 'array', required: 'send', items: 'object', fields: imageInfo },
    ],
  },
  {
    type: 'TIMFileElem',
    sendable: true,
    source: FORMATS,
    fields: [
      link('Url'),
      text('UUID', 'send', { example: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F' }),
      count('FileSize', 'no', { unit: 'bytes', example: 1_773_552 }),
      text('FileName', 'no', { example: 'report.pdf' }),
      flag('Download_Flag'),
    ],
  },
  {
    type: 'TIMSoundElem',
    sendable: true,
    source: FORMATS,
    fields: [
      link('Url'),
      text('UUID', 'always', { example: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F' }),
      count('Size', 'no', { unit: 'bytes', example: 62_351 }),
      count('Second', 'no', { unit: 'seconds', example: 1 }),
      flag('Download_Flag'),
    ],
  },
  {
    type: 'TIMVideoFileElem',
    sendable: true,
    source: FORMATS,
    fields: [
      link('VideoUrl'),
      text('VideoUUID', 'send', { example: '5da38ba89d6521011e1f6f3fd6692e35' }),
      count('VideoSize', 'no', { unit: 'bytes', example: 1_194_603 }),
      count('VideoSecond', 'no', { unit: 'seconds', example: 5 }),
      text('VideoFormat', 'no', { example: 'mp4' }),
      flag('VideoDownloadFlag'),
      link('ThumbUrl'),
      text('ThumbUUID', 'send', { example: '6edaffedef5150684510cf97957b7bc8' }),
      count('ThumbSize', 'no', { unit: 'bytes', example: 13_907 }),
      count('ThumbWidth', 'send', { unit: 'pixels', example: 720 }),
      count('ThumbHeight', 'send', { unit: 'pixels', example: 1280 }),
      text('ThumbFormat', 'no', { example: 'JPG' }),
      flag('ThumbDownloadFlag'),
    ],
  },
  {
    type: 'TIMLocationElem',
    sendable: true,
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
  },
  {
    type: 'TIMFaceElem',
    sendable: true,
    source: FORMATS,
    fields: [
      { name: 'Index', type: 'number', required: 'send', example: 1 },
      text('Data', 'no', { json: true, example: 'content' }),
    ],
  },
  {
    type: 'TIMRelayElem',
    sendable: false,
    source: RELAY,
    fields: [
      text('Title', 'no', { uncertain: true, example: 'Group chat history' }),
      { name: 'MsgNum', type: 'integer', required: 'no', uncertain: true, min: 0, example: 2 },
      text('CompatibleText', 'no', { uncertain: true, example: 'Please upgrade to the latest version.' }),
      { name: 'AbstractList', type: 'array', required: 'no', uncertain: true, items: 'string' },
      { name: 'MsgList', type: 'array', required: 'no', uncertain: true, items: 'object', fields: forwarded },
      text('JsonMsgKey', 'no', { uncertain: true }),
    ],
  },
];
