import type { JSONPath } from 'jsonc-parser';
import type { TextRange } from '../json/text';

/** A problem whose wording needs no values. */
type None = Record<string, never>;

/** Every slip that the check knows, with the values that its wording may use. */
export interface ProblemValues {
  /** Not JSON; `kind` as `JsonError.kind`. */
  jsonSyntax: { kind: string };
  /** The text is empty. */
  jsonEmpty: None;
  /** A comment, as in JavaScript or in documentation. */
  jsonComment: None;
  /** A comma before a closing bracket. */
  jsonTrailingComma: None;
  /**
   * A slip whose repair is clear; `kind` as `RepairKind`, how often it is there, and the first character that is wrong,
   * as code points are written.
   */
  jsonSlip: { kind: string; count: number; mark?: string };
  /** Read as another notation; the kinds of what was read otherwise, joined. */
  readAs: { kinds: string };
  /** A notation whose contents are not read. */
  notRead: { notation: string };
  /** Nested deeper than is looked into. */
  jsonTooDeep: { limit: number };
  /** A key stands twice in one object; the last value counts. */
  duplicateKey: { key: string };
  /** Half of a surrogate pair, which UTF-8 cannot hold. */
  loneSurrogate: { code: string };
  /** The document is no object. */
  rootNotObject: { type: string };
  /** The document is one element, not a message. */
  rootIsElement: None;
  /** The document is a whole message as an SDK has it. */
  sdkMessage: None;
  /** Neither `MsgBody` nor `CloudCustomData`: nothing would be modified. */
  noMembers: None;
  /** A member whose name is nearly `MsgBody` or `CloudCustomData`. */
  memberName: { name: string; expected: string };
  /** A member of a request, an answer or a webhook, which is not sent from here. */
  requestMember: { name: string };
  /** A member of a message to be sent that its call does not take; it is not sent. */
  memberOfOtherCall: { name: string; call: string };
  /** A member of a message to be sent that is chosen when it is sent. */
  memberIsWritten: { name: string };
  /** A member that a request needs. */
  requestMemberMissing: { name: string };
  /** A member of a request that is no whole number below 2^32. */
  requestMemberNotNumber: { name: string };
  /** `MsgKey` of a request is not three numbers joined by underscores. */
  msgKeyWrong: { key: string };
  /** A member that no message has. */
  unknownMember: { name: string };
  /** `To_Account` of a pasted request is no string. */
  toAccountNotString: { type: string };
  msgBodyNotArray: { type: string };
  msgBodyEmpty: None;
  elementNotObject: { type: string };
  /** An element as an SDK has it: `{type, payload}`, `{type, content}`, `{elem_type, text_elem_content}`. */
  sdkElement: { type: string };
  /** A member of an element whose name is nearly `MsgType` or `MsgContent`. */
  elementMemberName: { name: string; expected: string };
  msgTypeMissing: None;
  msgTypeNotString: { type: string };
  /** `suggestion` is empty when none is near. */
  msgTypeUnknown: { msgType: string; suggestion: string };
  /** A type that clients show but no call sends. */
  msgTypeClientOnly: { msgType: string };
  /** `TIMRelayElem`: it can be sent by newer pages of the documentation; its fields have no official table. */
  msgTypeRelay: { msgType: string };
  msgContentMissing: { msgType: string };
  msgContentNotObject: { type: string };
  /** Fields of the element stand beside `MsgType` instead of in `MsgContent`; their names, joined. */
  fieldsBesideMsgType: { fields: string };
  unknownElementMember: { name: string };
  /** More elements of a type than one message may have. */
  tooManyElements: { msgType: string; most: number };
  fieldMissing: { field: string; msgType: string };
  /** A field that the documentation asks for and the service does without. */
  fieldLeftOut: { field: string; msgType: string };
  /** Fields of a list's items stand beside the list, which is absent; their names, joined. */
  fieldsBesideList: { fields: string; list: string };
  /** Media of an SDK 2.x or 3.x: neither address nor download flag. */
  oldSdkMedia: { msgType: string };
  /** A value of another type; `expected` is a `FieldType`. */
  fieldType: { field: string; expected: string; actual: string };
  /** A JSON object or array where a string is expected that holds it. */
  fieldIsJson: { field: string; actual: string };
  /** A field whose name is nearly right. */
  fieldName: { name: string; expected: string };
  unknownField: { field: string; msgType: string };
  /** Not one of the documented values; `allowed` joined by commas. */
  fieldValue: { field: string; value: string; allowed: string };
  /** Beyond what the field can mean; a bound that does not exist is empty. */
  fieldRange: { field: string; value: string; min: number | ''; max: number | '' };
  cloudCustomDataNotString: { type: string };
  /** The fields alone are longer than a message may be. */
  messageTooLong: { bytes: number; limit: number };
  /** The JSON is longer than a message may be, its fields alone are not. */
  jsonTooLong: { bytes: number; limit: number };
}

export type ProblemId = keyof ProblemValues;

/** Error: documented to be refused. Warning: likely, or the documentation is unclear. Hint: worth knowing. */
export type Severity = 'error' | 'warning' | 'hint';

/** A slip in a message, at its place. */
export interface Problem {
  readonly id: ProblemId;
  /** What the service would answer; undefined where it would not refuse, or nobody knows. */
  readonly code?: number;
  readonly severity: Severity;
  /** Path of the value, or of the object that misses something. */
  readonly path: JSONPath;
  /** Path of the message in a text that holds many; absent when the text is the message. */
  readonly root?: JSONPath;
  readonly range: TextRange;
  /** What the wording needs, see `ProblemValues`. */
  readonly values: Readonly<Record<string, string | number>>;
}
