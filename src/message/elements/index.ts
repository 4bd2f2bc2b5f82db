// All that is known of element types: one file each, and this table.
import { customElement } from './custom';
import type { Element, MsgType } from './element';
import { faceElement } from './face';
import { fileElement } from './file';
import { imageElement } from './image';
import { locationElement } from './location';
import { relayElement } from './relay';
import { soundElement } from './sound';
import { textElement } from './text';
import { videoElement } from './video';

export type { Language, MsgType, PreviewCard } from './element';
export { fieldOf } from './fields';
export type { FieldSpec } from './fields';

const table: Readonly<Record<MsgType, Element>> = {
  TIMTextElem: textElement,
  TIMLocationElem: locationElement,
  TIMFaceElem: faceElement,
  TIMCustomElem: customElement,
  TIMSoundElem: soundElement,
  TIMImageElem: imageElement,
  TIMFileElem: fileElement,
  TIMVideoFileElem: videoElement,
  TIMRelayElem: relayElement,
};

/** An element type by its name. */
export interface ElementSpec extends Element {
  readonly type: MsgType;
}

/** The element types, in the order of the documentation. */
export const elements: readonly ElementSpec[] = (Object.keys(table) as MsgType[]).map((type) => ({
  type,
  ...table[type],
}));

const byType: ReadonlyMap<string, ElementSpec> = new Map(elements.map((element) => [element.type, element]));

/** All about an element type, undefined when it is none that is known. */
export function elementOf(msgType: unknown): ElementSpec | undefined {
  return typeof msgType === 'string' ? byType.get(msgType) : undefined;
}

/** Types that clients know and the service's calls do not send. */
export const CLIENT_ONLY_TYPES: readonly string[] = ['TIMGroupTipElem', 'TIMGroupSystemNoticeElem'];
