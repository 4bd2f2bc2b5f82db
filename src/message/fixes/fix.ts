import type { TextEdit } from '../../json/text';

/** Every fix, with the values that its title may use. */
export interface FixValues {
  /** Puts an object into an array, as `MsgBody` or a list of elements asks. */
  wrapInArray: None;
  /** Makes a text element of a plain string. */
  makeTextElement: None;
  /** Takes JSON out of the string that holds it. */
  unwrapString: { name: string };
  /** Puts a JSON value into a string, minified. */
  wrapInString: { name: string };
  /** Puts quotes around a number or literal. */
  quote: { name: string };
  /** Takes the quotes off a number. */
  unquote: { name: string };
  /** Renames a member or field. */
  rename: { from: string; to: string };
  /** Moves fields from beside `MsgType` into `MsgContent`; their names, joined. */
  moveIntoContent: { fields: string };
  /** Adds `MsgContent`, or puts a plain text into it. */
  makeContent: { msgType: string };
  /** Turns an element of an SDK into one of the service. */
  convertElement: { msgType: string };
  /** Makes a message document of a whole message of an SDK; what is no part of a message goes. */
  convertMessage: None;
  /** Makes a message document of one of several messages. */
  keepMessage: { number: number; count: number };
  /** Makes `MsgBody` of the content and the type beside it. */
  makeElement: { msgType: string };
  /** Moves fields into the item of a list that they belong to; their names, joined. */
  moveIntoList: { fields: string; list: string };
  /** Adds a missing field with a value to fill in, or with its only value. */
  addField: { field: string; value: string };
  /** Adds `MsgType`, guessed from the fields of the content. */
  addMsgType: { msgType: string };
  /** Sets a value, JSON text. */
  setValue: { field: string; value: string };
  /** Removes a member or field. */
  removeMember: { name: string };
  /** Keeps `MsgBody` and `CloudCustomData` of a pasted request and removes the rest. */
  keepMessageOnly: None;
  /** Keeps one account of several. */
  useFirst: { name: string; value: string };
  /** Removes an element of the array. */
  removeElement: { msgType: string };
  /** Makes strict JSON of what is nearly JSON. */
  repairJson: None;
  removeComment: None;
  /** Removes all comments. */
  removeComments: None;
  removeComma: None;
  addComma: None;
  /** Puts a text message where nothing is. */
  startWithText: None;
  /** Makes a message document of an array or an element. */
  makeMessage: None;
  /** Adds an empty member. */
  addMember: { name: string };
  /** Removes white space from JSON inside strings; the bytes it saves. */
  minifyStrings: { bytes: number };
  /** Shortens the longest string until the message fits; the bytes it drops. */
  shorten: { field: string; bytes: number };
  /** Escapes half a surrogate pair. */
  escapeSurrogate: None;
}

/** A fix whose title needs no values. */
type None = Record<string, never>;

export type FixId = keyof FixValues;

/** A way to mend a problem. */
export interface Fix {
  readonly id: FixId;
  /** What the title needs, see `FixValues`. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Minimal edits of the text that was checked. */
  readonly edits: readonly TextEdit[];
  /** The one to take when nobody chooses. */
  readonly preferred?: boolean;
  /** Loses nothing and guesses nothing, so that it may be applied with others unasked. */
  readonly safe: boolean;
}
