import { memberNode } from '../../json/tree';
import { itemsIn, numbersIn, urlIn } from './content';
import type { Content, Element, PreviewCard } from './element';
import { count, FORMATS, link, text, type EnumValue, type FieldSpec } from './fields';

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

const imageInfo: readonly FieldSpec[] = [
  { name: 'Type', type: 'number', required: 'no', values: IMAGE_SIZES, example: 1 },
  count('Size', 'no', { unit: 'bytes', example: 1_853_095 }),
  count('Width', 'send', { unit: 'pixels', example: 2448 }),
  count('Height', 'send', { unit: 'pixels', example: 3264 }),
  link('URL'),
];

export const imageElement: Element = {
  name: { en: 'Image', zh: '图片' },
  icon: 'file-media',
  source: FORMATS,
  fields: [
    text('UUID', 'documented', { example: '1853095_D61040894AC3DE44CDFFFB3EC7EB720F' }),
    { name: 'ImageFormat', type: 'number', required: 'always', values: IMAGE_FORMATS, example: 1 },
    { name: 'ImageInfoArray', type: 'array', required: 'send', items: 'object', fields: imageInfo },
  ],
  otherTypes: ['picture'],
  elemType: 1,
  aliases: { format: 'ImageFormat', imageinfo: 'ImageInfoArray', imageurl: 'URL' },
  sample: {
    UUID: '1853095_D61040894AC3DE44CDFFFB3EC7EB720F',
    ImageFormat: 1,
    ImageInfoArray: [
      { Type: 1, Size: 1_853_095, Width: 2448, Height: 3264, URL: 'https://files.example.com/p/0' },
      { Type: 2, Size: 2_565_240, Width: 0, Height: 0, URL: 'https://files.example.com/p/720' },
      { Type: 3, Size: 12_535, Width: 0, Height: 0, URL: 'https://files.example.com/p/198' },
    ],
  },
  summary: (content) => {
    const [first] = itemsIn(content, 'ImageInfoArray');
    const { width, height } = numbersIn(first, { width: 'Width', height: 'Height' });
    return width && height ? `${width}×${height}` : '';
  },
  preview,
  push: { en: '[Image]', zh: '[图片]' },
};

/** The largest of the sizes that say how large they are, the original first. */
function preview(content: Content): PreviewCard {
  const infos = itemsIn(content, 'ImageInfoArray');
  const order = [1, 2, 3].flatMap((type) => infos.filter((info) => memberNode(info, 'Type')?.value === type));
  const best = order.find((info) => Number(memberNode(info, 'Width')?.value) > 0) ?? order[0] ?? infos[0];
  const value = memberNode(content, 'ImageFormat')?.value as unknown;
  const format = IMAGE_FORMATS.find((one) => one.value === value)?.id;
  return {
    kind: 'image',
    ...numbersIn(best, { width: 'Width', height: 'Height', size: 'Size' }),
    ...(format !== undefined && { format }),
    ...urlIn(best, 'URL'),
  };
}
