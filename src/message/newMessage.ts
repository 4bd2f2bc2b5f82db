/** A message document to begin with: one text element. */
export const NEW_MESSAGE = `{
  "MsgBody": [
    {
      "MsgType": "TIMTextElem",
      "MsgContent": {
        "Text": "Hello"
      }
    }
  ]
}
`;
