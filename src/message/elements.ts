import { elementTable } from './elementTable';

/** `MsgType` of the elements that a message can hold (trtc.io/33527, trtc.io/74355). */
export type MsgType =
  | 'TIMTextElem'
  | 'TIMLocationElem'
  | 'TIMFaceElem'
  | 'TIMCustomElem'
  | 'TIMSoundElem'
  | 'TIMImageElem'
  | 'TIMFileElem'
  | 'TIMVideoFileElem'
  | 'TIMRelayElem';

export type FieldType = 'string' | 'number' | 'integer' | 'array' | 'object';

/** What a number or string stands for. */
export type FieldUnit = 'bytes' | 'seconds' | 'pixels' | 'degrees' | 'unixSeconds';

/**
 * `always`: the service refuses the element without it. `send`: the sending calls ask for it, yet stored elements
 * (of SDK 2.x and 3.x) lack it, so its absence is only worth a warning. `no`: may be left out.
 */
export type Required = 'always' | 'send' | 'no';

/** One value of an enum. The id names its meaning in the string tables. */
export interface EnumValue {
  readonly value: number;
  readonly id: string;
}

/** One field of an element's `MsgContent`, or of an item of one of its arrays. */
export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  readonly required: Required;
  /** No official source for type and need: whoever breaks them is warned, never refused. */
  readonly uncertain?: boolean;
  readonly unit?: FieldUnit;
  /** Documented values. Whether another one is refused is not documented. */
  readonly values?: readonly EnumValue[];
  readonly min?: number;
  readonly max?: number;
  /** Of an array: the type of its items. */
  readonly items?: 'string' | 'object';
  /** Of an array of objects: the fields of an item. */
  readonly fields?: readonly FieldSpec[];
  /** A string that often holds JSON. */
  readonly json?: boolean;
  /** An address that a client loads. */
  readonly link?: boolean;
  /** A value to show in completion. */
  readonly example?: string | number;
}

/** One element type. */
export interface ElementSpec {
  readonly type: MsgType;
  readonly fields: readonly FieldSpec[];
  /**
   * Whether the sending calls list it. `TIMRelayElem` comes from clients only; whether `modify_c2c_msg` takes it is
   * not documented.
   */
  readonly sendable: boolean;
  /** Most elements of this type in one message. */
  readonly most?: number;
  /** Where the format is described. */
  readonly source: string;
}

/** What the service answers to a message that breaks its formats (trtc.io/47722; lengths: trtc.io/34348). */
export const FORMAT_CODES = {
  /** The text is not JSON. */
  notJson: 90001,
  /** `MsgBody` is not an array. */
  notArray: 90007,
  /** An element is not `{ "MsgType", "MsgContent" }` of a known type. */
  element: 90002,
  /** `MsgContent` or `CloudCustomData` does not follow its format. */
  content: 90010,
  /** The JSON is longer than a message may be. */
  tooLong: 93_000,
} as const;

/** Types that clients know and the service's calls do not send. */
export const CLIENT_ONLY_TYPES: readonly string[] = ['TIMGroupTipElem', 'TIMGroupSystemNoticeElem'];

/** The nine element types, in the order in which they are offered. */
export const elements: readonly ElementSpec[] = elementTable;

const byType = new Map<string, ElementSpec>(elements.map((element) => [element.type, element]));

/** The format of an element type, undefined when it is none of the nine. */
export function elementOf(msgType: unknown): ElementSpec | undefined {
  return typeof msgType === 'string' ? byType.get(msgType) : undefined;
}

/** A field of a list by its exact name. */
export function fieldOf(fields: readonly FieldSpec[], name: string): FieldSpec | undefined {
  return fields.find((field) => field.name === name);
}
