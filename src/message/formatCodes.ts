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
  /** The fields are longer than a message may be. */
  valuesTooLong: 80_002,
  /** The JSON is longer than a message may be. */
  jsonTooLong: 93_000,
} as const;
