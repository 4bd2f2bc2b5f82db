type FieldType = 'string' | 'number' | 'integer' | 'array' | 'object';

/** What a number or string stands for. */
type FieldUnit = 'bytes' | 'seconds' | 'pixels' | 'degrees' | 'unixSeconds';

/**
 * `always`: the service refuses the element without it. `send`: the sending calls ask for it, yet stored elements
 * (of SDK 2.x and 3.x) lack it, so its absence is only worth a warning. `documented`: the documentation asks for it, yet
 * clients send without it and the service takes that. `no`: may be left out. It follows Tencent's own server SDK; where
 * only third parties say so (location, face), a field counts as asked for when sending.
 */
export type Required = 'always' | 'send' | 'documented' | 'no';

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

/** The page that describes the formats. */
export const FORMATS = 'https://trtc.io/document/33527';

/** The flag of media that a client downloads from their address: no other value is documented. */
const DOWNLOAD: readonly EnumValue[] = [{ value: 2, id: 'download' }];

/** A string. */
export function text(name: string, required: Required, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, type: 'string', required, ...more };
}

/** A number that is not negative. */
export function count(name: string, required: Required, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, type: 'number', required, min: 0, ...more };
}

/** An address that a client downloads from. */
export function link(name: string): FieldSpec {
  return text(name, 'send', { link: true, example: 'https://example.com/file' });
}

/** How a client downloads. */
export function downloadFlag(name: string): FieldSpec {
  return { name, type: 'number', required: 'send', values: DOWNLOAD, example: 2 };
}

/** A field of a list by its exact name. */
export function fieldOf(fields: readonly FieldSpec[], name: string): FieldSpec | undefined {
  return fields.find((field) => field.name === name);
}
