import assert from 'node:assert/strict';
import { bodyEdits, isPlain, wholeEdits, type Become } from '../../../src/editor/pastedEdits';
import { applyEdits } from '../../../src/json/text';

const MSG_BODY = '[{"MsgType":"TIMFaceElem","MsgContent":{"Index":1}}]';
const SHOWN = `[
    {
      "MsgType": "TIMFaceElem",
      "MsgContent": {
        "Index": 1
      }
    }
  ]`;

describe('a pasted text that becomes the message', () => {
  const after = (text: string, become: Become | undefined): string => applyEdits(text, become?.edits ?? []);

  it('is the whole document where nothing else is', () => {
    const text = 'MsgBody%3D%5B%5D';
    const become = wholeEdits(text, { msgBody: MSG_BODY, cloudCustomData: '"c"' });
    assert.equal(after(text, become), `{\n  "MsgBody": ${SHOWN},\n  "CloudCustomData": "c"\n}\n`);
  });

  const bodyAt = (text: string, pasted: string) => ({ offset: text.indexOf(pasted), length: pasted.length });

  it('takes the place of MsgBody, and what stands beside it stays byte for byte', () => {
    const text = '{\n  "MsgBody": curl -d x,\n  "CloudCustomData":   "a\\/b"\n}\n';
    const become = bodyEdits(text, bodyAt(text, 'curl -d x'), { msgBody: MSG_BODY });
    assert.equal(after(text, become), text.replace('curl -d x', SHOWN));
    assert.equal(become?.customDataLeftOut, false);
  });

  it('brings its CloudCustomData where there is none, and leaves another one alone', () => {
    const bare = '{\n  "MsgBody": x\n}\n';
    const content = { msgBody: MSG_BODY, cloudCustomData: '"new"' };
    const become = bodyEdits(bare, bodyAt(bare, 'x'), content);
    assert.equal(after(bare, become), `{\n  "MsgBody": ${SHOWN},\n  "CloudCustomData": "new"\n}\n`);
    assert.equal(become?.customDataLeftOut, false);
    const full = '{\n  "MsgBody": x,\n  "CloudCustomData": "old"\n}\n';
    const other = bodyEdits(full, bodyAt(full, 'x'), content);
    assert.equal(after(full, other), full.replace('x', SHOWN));
    assert.equal(other?.customDataLeftOut, true);
  });

  it('is left alone in a document that is broken elsewhere', () => {
    const text = '{\n  "MsgBody": x,\n  "CloudCustomData": old\n}\n';
    assert.equal(bodyEdits(text, bodyAt(text, 'x'), { msgBody: MSG_BODY }), undefined);
    assert.equal(bodyEdits(text, bodyAt(text, 'x'), { cloudCustomData: '""' }), undefined);
  });

  it('need not be read where it is what is wanted', () => {
    assert.ok(isPlain(MSG_BODY, 'MsgBody'));
    assert.ok(isPlain(`{"MsgBody":${MSG_BODY},"CloudCustomData":""}`, 'document'));
    assert.ok(!isPlain(`{"To_Account":"b","MsgBody":${MSG_BODY}}`, 'document'));
    assert.ok(!isPlain(`{"MsgBody":${MSG_BODY}}`, 'MsgBody'));
    assert.ok(!isPlain(MSG_BODY, 'document'));
    assert.ok(!isPlain(`${MSG_BODY},`, 'MsgBody'));
  });
});
