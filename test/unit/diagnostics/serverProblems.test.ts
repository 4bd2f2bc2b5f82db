import assert from 'node:assert/strict';
import { allCodes } from '../../../src/chat/catalogue';
import { ChatServiceError } from '../../../src/chat/errors';
import { placeRefusal } from '../../../src/diagnostics/serverProblems';

const MODIFY = 'openim/modify_c2c_msg';
const text = '{\n  "MsgBody": [\n    { "MsgType": "TIMTextElem", "MsgContent": { "Text": "one" } }\n  ]\n}\n';

/** Codes of the catalogue that stand in the text, by hand; all others that a modify can answer stand at the first line. */
const inTheText = new Set([80001, 80002, 80004, 90002, 90007, 90010, 90995, 93000]);

describe('The place of a refusal', () => {
  it('is in the text where the text caused it, and else its first line, for each code a modify can answer', () => {
    const codes = allCodes().filter(
      ({ code, apis }) =>
        code !== 0 &&
        apis.some((api) => api.startsWith('*') || api.startsWith(MODIFY) || api === 'openim/sendmsg'),
    );
    assert.ok(codes.length > 60);
    for (const code of [...codes.map(({ code }) => code), 424242]) {
      const { error, range } = placeRefusal(text, new ChatServiceError(MODIFY, code, ''));
      assert.equal(error.code, code);
      const line = text.slice(0, range.offset).split('\n').length - 1;
      assert.equal(line > 0, inTheText.has(code), `${code} at line ${line}`);
      assert.ok(range.offset + range.length <= text.length, String(code));
    }
  });
});
