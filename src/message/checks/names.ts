import type { Node } from 'jsonc-parser';
import { elements, type FieldSpec, type MsgType } from '../elements';
import { memberNode } from '../../json/tree';

/** Names that are wrong in one element and right, or usual, elsewhere: normalised name → name in this element. */
const aliases: Readonly<Partial<Record<MsgType, Readonly<Record<string, string>>>>> = {
  TIMTextElem: { msg: 'Text', content: 'Text' },
  TIMCustomElem: { description: 'Desc', extension: 'Ext' },
  TIMLocationElem: { description: 'Desc', lat: 'Latitude', lng: 'Longitude', lon: 'Longitude' },
  TIMSoundElem: {
    soundurl: 'Url',
    audiourl: 'Url',
    remoteaudiourl: 'Url',
    sounduuid: 'UUID',
    soundsize: 'Size',
    filesize: 'Size',
    soundsecond: 'Second',
    duration: 'Second',
    videodownloadflag: 'Download_Flag',
    sounddownloadflag: 'Download_Flag',
  },
  TIMFileElem: {
    fileurl: 'Url',
    fileuuid: 'UUID',
    size: 'FileSize',
    name: 'FileName',
    videodownloadflag: 'Download_Flag',
    filedownloadflag: 'Download_Flag',
  },
  TIMVideoFileElem: {
    url: 'VideoUrl',
    remotevideourl: 'VideoUrl',
    uuid: 'VideoUUID',
    size: 'VideoSize',
    second: 'VideoSecond',
    duration: 'VideoSecond',
    format: 'VideoFormat',
    downloadflag: 'VideoDownloadFlag',
  },
  TIMImageElem: { format: 'ImageFormat', imageinfo: 'ImageInfoArray', imageurl: 'URL' },
};

/** A name without case, underscores and hyphens: what different spellings share. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** The field that a wrong name of an element's content means; undefined when none is near. */
export function meantField(
  msgType: MsgType,
  fields: readonly FieldSpec[],
  name: string,
): FieldSpec | undefined {
  const plain = normalised(name);
  const alias = aliases[msgType]?.[plain];
  return fields.find((field) => normalised(field.name) === plain || field.name === alias);
}

/** The one of some names that a wrong name means; undefined when none is near. */
export function meantName(names: readonly string[], name: string): string | undefined {
  const plain = normalised(name);
  return names.find((one) => normalised(one) === plain);
}

const typeWords: Readonly<Record<string, MsgType>> = {
  txt: 'TIMTextElem',
  voice: 'TIMSoundElem',
  audio: 'TIMSoundElem',
  video: 'TIMVideoFileElem',
  videoelem: 'TIMVideoFileElem',
  timvideoelem: 'TIMVideoFileElem',
  timaudioelem: 'TIMSoundElem',
  picture: 'TIMImageElem',
  emoji: 'TIMFaceElem',
  merger: 'TIMRelayElem',
};

/** The element type that a wrong `MsgType` means: another case, without `TIM` or `Elem`; undefined when unclear. */
export function meantType(msgType: string): MsgType | undefined {
  const plain = normalised(msgType);
  const found = elements.find(({ type }) => {
    const right = type.toLowerCase();
    return [right, right.slice(3), right.replace('elem', ''), right.slice(3).replace('elem', '')].includes(
      plain,
    );
  });
  return found?.type ?? typeWords[plain];
}

/** True for an object that is one element, of this service's calls or of the Web SDK. */
export function looksLikeElement(node: Node): boolean {
  if (node.type !== 'object' || memberNode(node, 'MsgBody') !== undefined) return false;
  return memberNode(node, 'MsgType') !== undefined || isWebSdkElement(node);
}

/** True for the Web SDK's `{ type: "TIMTextElem", payload: { text } }`. */
export function isWebSdkElement(node: Node): boolean {
  return (
    memberNode(node, 'MsgType') === undefined &&
    memberNode(node, 'MsgContent') === undefined &&
    memberNode(node, 'type')?.type === 'string' &&
    memberNode(node, 'payload')?.type === 'object'
  );
}
