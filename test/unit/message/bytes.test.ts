import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requestBody } from '../../../src/chat/wire/request';
import { isEnclosed } from '../../../src/json/enclosed';
import { prettyPrint } from '../../../src/json/layout';
import { checkMessage } from '../../../src/message/checks';
import { contentOf, formatMessage, parseMessage } from '../../../src/message/document';
import { sentContent } from '../../../src/message/sentContent';
import { messageBytes, tooLong } from '../../../src/message/size';
import { runs } from '../../support/runs';
import { anyText, jsonText } from './arbitraries';

/** A message of 8,011 bytes without layout: as people have it who send many small elements. */
const element = '{"MsgType":"TIMTextElem","MsgContent":{"Text":"0123456789"}}';
const list = `[${Array.from({ length: 129 }, () => element).join(',')},${element.replace('789"', `789${'x'.repeat(80)}"`)}]`;

describe('the bytes of a message', () => {
  it('are those of what is sent, however it is laid out', () => {
    assert.equal(Buffer.byteLength(list), 8_011);
    const text = formatMessage({ msgBody: list });
    assert.ok(Buffer.byteLength(text) > 12_288, 'laid out it would be too long');
    const content = contentOf(parseMessage(text)) ?? {};
    assert.equal(content.msgBody, list);
    assert.equal(messageBytes(content), 8_011);
    assert.equal(messageBytes({ msgBody: prettyPrint(list) }), 8_011);
    assert.deepEqual(checkMessage(text), []);
    assert.equal(tooLong(content), undefined);
  });

  it('are the same in any layout, for any JSON', () => {
    fc.assert(
      fc.property(jsonText, jsonText, (msgBody, cloudCustomData) => {
        const laidOut = formatMessage({ msgBody, cloudCustomData });
        const content = contentOf(parseMessage(laidOut)) ?? {};
        assert.equal(messageBytes(content), messageBytes({ msgBody, cloudCustomData }));
        assert.equal(
          messageBytes(content),
          Buffer.byteLength(`${content.msgBody ?? ''}${content.cloudCustomData ?? ''}`),
        );
      }),
      runs(200, 10_000),
    );
  });

  it('are too many by the values or by the JSON, CloudCustomData included', () => {
    const x = (length: number) => `"${'x'.repeat(length)}"`;
    assert.equal(tooLong({ msgBody: '[]', cloudCustomData: x(12_284) }), undefined);
    assert.deepEqual(tooLong({ msgBody: '[]', cloudCustomData: x(12_285) }), { what: 'json', bytes: 12_289 });
    assert.deepEqual(tooLong({ msgBody: '[]', cloudCustomData: x(12_289) }), {
      what: 'values',
      bytes: 12_289,
    });
    // Two bytes each as a value, twelve as it stands.
    const escaped = `"${'\\u00e9'.repeat(3_000)}"`;
    assert.deepEqual(tooLong({ cloudCustomData: escaped }), { what: 'json', bytes: 18_002 });
  });
});

describe('what is sent of a text that is no JSON', () => {
  it('is each member as it was typed', () => {
    assert.deepEqual(sentContent('{ "MsgBody": [ \'a\' ],\n  "CloudCustomData": "x" }'), {
      msgBody: "[ 'a' ]",
      cloudCustomData: '"x"',
    });
    assert.deepEqual(sentContent('{ "CloudCustomData": x }'), { cloudCustomData: 'x' });
  });

  it('is nothing when members cannot be told apart, or would reach out of their place', () => {
    for (const text of [
      '',
      '[',
      '{ "MsgBody": [',
      "{ 'MsgBody': [] }",
      '[{ "MsgType": 1, }]',
      '"MsgBody"',
      '[]',
    ]) {
      assert.equal(sentContent(text), undefined, text);
    }
    assert.equal(sentContent('{ "MsgBody": [], "MsgKey": "1_2_3", }'), undefined);
    assert.equal(sentContent('{ "MsgBody": []], "x": [1 }'), undefined);
  });

  it('leads no request to another message, whatever was typed', () => {
    const part = fc.oneof(
      anyText,
      jsonText,
      fc.constantFrom('[', '{"a":1', '"a', '"', '1 2', '[],"MsgKey":"x"', '[]}', '/*', '[ //', '"a\\'),
    );
    const typed = fc
      .array(part, { maxLength: 3 })
      .map((parts) => parts.join(''))
      .filter(isEnclosed);
    fc.assert(
      fc.property(typed, typed, (MsgBody, CloudCustomData) => {
        const body = requestBody(
          { To_Account: 'a', MsgKey: '1_2_3' },
          { MsgBody, CloudCustomData },
          isEnclosed,
        );
        let read: Record<string, unknown>;
        try {
          read = JSON.parse(body) as Record<string, unknown>;
        } catch {
          return;
        }
        assert.deepEqual(Object.keys(read), ['To_Account', 'MsgKey', 'MsgBody', 'CloudCustomData']);
        assert.deepEqual([read.To_Account, read.MsgKey], ['a', '1_2_3']);
      }),
      runs(500, 40_000),
    );
  });
});
