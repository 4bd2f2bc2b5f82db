import type { Node } from 'jsonc-parser';
import type { MessageContent } from '../chat/model';
import { elementOf, fieldOf, type MsgType } from './elements';
import { memberNode, parseStrict } from '../json/tree';

/** One element as a chat client would show it. What it does not say is absent; nothing is loaded. */
export type PreviewPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'image';
      readonly width?: number;
      readonly height?: number;
      /** Bytes. */
      readonly size?: number;
      /** `jpg`, `gif`, `png`, `bmp` or `other`. */
      readonly format?: string;
      readonly url?: string;
    }
  | { readonly kind: 'file'; readonly name: string; readonly size?: number; readonly url?: string }
  | { readonly kind: 'sound'; readonly seconds?: number; readonly size?: number; readonly url?: string }
  | {
      readonly kind: 'video';
      readonly seconds?: number;
      readonly width?: number;
      readonly height?: number;
      readonly size?: number;
      readonly url?: string;
    }
  | {
      readonly kind: 'location';
      readonly name: string;
      readonly latitude?: number;
      readonly longitude?: number;
    }
  | { readonly kind: 'face'; readonly index?: number; readonly data: string }
  | { readonly kind: 'custom'; readonly desc: string; readonly data: string; readonly ext: string }
  | {
      readonly kind: 'forward';
      readonly title: string;
      readonly lines: readonly string[];
      readonly count?: number;
    }
  | { readonly kind: 'unknown'; readonly msgType: string };

/** A message as a chat client would show it. */
export interface Preview {
  /** In order; empty when there is no body, or it cannot be read. */
  readonly parts: readonly PreviewPart[];
  /** Whether `MsgBody` can be read as elements. */
  readonly readable: boolean;
}

/** What the service pushes for elements that have no words (trtc.io/33527). */
const PUSH_WORDS: Readonly<Record<'en' | 'zh', Readonly<Partial<Record<MsgType, string>>>>> = {
  en: {
    TIMLocationElem: '[Location]',
    TIMFaceElem: '[Face]',
    TIMSoundElem: '[Voice]',
    TIMImageElem: '[Image]',
    TIMFileElem: '[File]',
    TIMVideoFileElem: '[Video]',
  },
  zh: {
    TIMLocationElem: '[位置]',
    TIMFaceElem: '[表情]',
    TIMSoundElem: '[语音]',
    TIMImageElem: '[图片]',
    TIMFileElem: '[文件]',
    TIMVideoFileElem: '[视频]',
  },
};

/** Shows a message as clients would, half-right elements included. Never throws. */
export function previewOf(content: MessageContent): Preview {
  const elements = elementsOf(content);
  return { parts: (elements ?? []).map(partOf), readable: elements !== undefined };
}

/**
 * The text of an offline push, put together as the service does: the elements' texts without anything between.
 * (A sender's `OfflinePushInfo` goes before it and is not stored with the message.)
 *
 * @returns undefined when the message is not pushed: a custom element alone without `Desc`, or no elements
 */
export function pushText(content: MessageContent, language: 'en' | 'zh'): string | undefined {
  const parts = (elementsOf(content) ?? []).map((element) => pushOf(element, language));
  const text = parts.join('');
  return text === '' ? undefined : text;
}

function pushOf(element: Node, language: 'en' | 'zh'): string {
  const fields = memberNode(element, 'MsgContent');
  const type = elementOf(memberNode(element, 'MsgType')?.value)?.type;
  if (type === 'TIMTextElem') return text(fields, 'Text');
  if (type === 'TIMCustomElem') return text(fields, 'Desc');
  return type === undefined ? '' : (PUSH_WORDS[language][type] ?? '');
}

function elementsOf(content: MessageContent): readonly Node[] | undefined {
  const body = content.msgBody === undefined ? undefined : parseStrict(content.msgBody);
  return body?.type === 'array' ? (body.children ?? []) : undefined;
}

function partOf(element: Node): PreviewPart {
  const fields = memberNode(element, 'MsgContent');
  const msgType = memberNode(element, 'MsgType')?.value as unknown;
  const type = elementOf(msgType)?.type;
  switch (type) {
    case 'TIMTextElem':
      return { kind: 'text', text: text(fields, 'Text') };
    case 'TIMImageElem':
      return image(fields);
    case 'TIMFileElem':
      return {
        kind: 'file',
        name: fileName(fields),
        ...numbers(fields, { size: 'FileSize' }),
        ...url(fields, 'Url'),
      };
    case 'TIMSoundElem':
      return {
        kind: 'sound',
        ...numbers(fields, { seconds: 'Second', size: 'Size' }),
        ...url(fields, 'Url'),
      };
    case 'TIMVideoFileElem': {
      const names = { seconds: 'VideoSecond', width: 'ThumbWidth', height: 'ThumbHeight', size: 'VideoSize' };
      return { kind: 'video', ...numbers(fields, names), ...url(fields, 'VideoUrl') };
    }
    case 'TIMLocationElem': {
      const names = { latitude: 'Latitude', longitude: 'Longitude' };
      return { kind: 'location', name: text(fields, 'Desc'), ...numbers(fields, names) };
    }
    case 'TIMFaceElem':
      return { kind: 'face', data: text(fields, 'Data'), ...numbers(fields, { index: 'Index' }) };
    case 'TIMCustomElem':
      return {
        kind: 'custom',
        desc: text(fields, 'Desc'),
        data: text(fields, 'Data'),
        ext: text(fields, 'Ext'),
      };
    case 'TIMRelayElem':
      return forward(fields);
    case undefined:
      return { kind: 'unknown', msgType: typeof msgType === 'string' ? msgType : '' };
  }
}

/** The largest of the sizes that say how large they are, the original first. */
function image(fields: Node | undefined): PreviewPart {
  const list = memberNode(fields, 'ImageInfoArray');
  const infos = list?.type === 'array' ? (list.children ?? []) : [];
  const order = [1, 2, 3].flatMap((type) => infos.filter((info) => memberNode(info, 'Type')?.value === type));
  const best = order.find((info) => Number(memberNode(info, 'Width')?.value) > 0) ?? order[0] ?? infos[0];
  const value = memberNode(fields, 'ImageFormat')?.value as unknown;
  const formats = fieldOf(elementOf('TIMImageElem')?.fields ?? [], 'ImageFormat')?.values;
  const format = formats?.find((one) => one.value === value)?.id;
  return {
    kind: 'image',
    ...numbers(best, { width: 'Width', height: 'Height', size: 'Size' }),
    ...(format !== undefined && { format }),
    ...url(best, 'URL'),
  };
}

function forward(fields: Node | undefined): PreviewPart {
  const list = memberNode(fields, 'AbstractList');
  const lines = (list?.type === 'array' ? (list.children ?? []) : []).flatMap((line) =>
    line.type === 'string' ? [String(line.value)] : [],
  );
  const title = text(fields, 'Title') || text(fields, 'CompatibleText');
  return { kind: 'forward', title, lines, ...numbers(fields, { count: 'MsgNum' }) };
}

/** The last part of a name: clients store whole paths of the sender's machine. */
function fileName(fields: Node | undefined): string {
  return text(fields, 'FileName').replace(/^.*[\\/]/, '');
}

function text(fields: Node | undefined, name: string): string {
  const node = memberNode(fields, name);
  return node?.type === 'string' ? String(node.value) : '';
}

function url(fields: Node | undefined, name: string): { url?: string } {
  const value = text(fields, name);
  return value === '' ? {} : { url: value };
}

function numbers<Key extends string>(
  fields: Node | undefined,
  names: Readonly<Record<Key, string>>,
): Partial<Record<Key, number>> {
  const found: Partial<Record<Key, number>> = {};
  for (const key in names) {
    const node = memberNode(fields, names[key]);
    if (node?.type === 'number') found[key] = Number(node.value);
  }
  return found;
}
