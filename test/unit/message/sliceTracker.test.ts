import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseMessage, type Member } from '../../../src/message/document';
import { applyEdits } from '../../../src/json/text';
import { sliceProjection } from '../../../src/json/projections';
import { SliceTracker } from '../../../src/message/sliceTracker';
import { runs } from '../../support/runs';
import { documentText, placed, relativeChange } from './arbitraries';

const DOCUMENT = '{\n  "MsgBody": [1],\n  "CloudCustomData": "x"\n}\n';

function slice(tracker: SliceTracker, member: Member): string | undefined {
  const range = tracker.slices[member];
  return range && tracker.text.slice(range.offset, range.offset + range.length);
}

/** Puts text behind the first place where something stands. */
function typed(tracker: SliceTracker, behind: string, insert: string): SliceTracker {
  const offset = tracker.text.indexOf(behind) + behind.length;
  return tracker.apply([{ offset, length: 0, text: insert }]);
}

describe('SliceTracker', () => {
  it('finds the members of a document', () => {
    const tracker = SliceTracker.of(DOCUMENT);
    assert.deepEqual([tracker.mode, tracker.parses], ['members', true]);
    assert.equal(slice(tracker, 'MsgBody'), '[1]');
    assert.equal(slice(tracker, 'CloudCustomData'), '"x"');
    assert.deepEqual(SliceTracker.of('{}').slices, {});
  });

  it('follows half-typed text, what is typed at the ends included', () => {
    const half = typed(SliceTracker.of(DOCUMENT), '[1', ', {"Msg');
    assert.equal(half.parses, false);
    assert.equal(slice(half, 'MsgBody'), '[1, {"Msg]');
    assert.equal(slice(half, 'CloudCustomData'), '"x"');
    const end = typed(half, '"Msg]', ' ]');
    assert.equal(slice(end, 'MsgBody'), '[1, {"Msg] ]');
  });

  it('keeps blanks and lines typed around a member, which a page must go on showing', () => {
    const tracker = typed(typed(SliceTracker.of(DOCUMENT), '[1]', '\n'), '"MsgBody": ', ' ');
    assert.equal(tracker.parses, true);
    assert.equal(slice(tracker, 'MsgBody'), ' [1]\n');
  });

  it('gives a member that was typed beside another one its own slice', () => {
    let tracker = SliceTracker.of('{ "MsgBody": [1] }');
    for (const letter of ', "CloudCustomData": "y"') {
      const end = tracker.text.lastIndexOf(' }');
      tracker = tracker.apply([{ offset: end, length: 0, text: letter }]);
    }
    assert.equal(slice(tracker, 'MsgBody'), '[1]');
    assert.equal(slice(tracker, 'CloudCustomData'), '"y"');
  });

  it('tells the members of a text apart that was broken from the start', () => {
    const table: [text: string, body: string | undefined, custom: string | undefined][] = [
      ['{\n  "MsgBody": [{"a": ],\n  "CloudCustomData": "x\n}', '[{"a": ]', '"x'],
      ['{"CloudCustomData":"x","MsgBody":[}', '[', '"x"'],
      ['{"MsgBody":}', '', undefined],
      [
        '{\n  "MsgBody": [{ "MsgBody": 1, "CloudCustomData": 2 },\n  "CloudCustomData": "x"\n}',
        '[{ "MsgBody": 1, "CloudCustomData": 2 }',
        '"x"',
      ],
    ];
    for (const [text, body, custom] of table) {
      const tracker = SliceTracker.of(text);
      assert.equal(tracker.mode, 'members', text);
      assert.equal(slice(tracker, 'MsgBody'), body);
      assert.equal(slice(tracker, 'CloudCustomData'), custom);
    }
  });

  it('takes a text as a whole when its members cannot be told apart', () => {
    for (const text of [
      '',
      '[]',
      '"MsgBody"',
      '{"MsgBody":[',
      '{"x":1,"MsgBody":}',
      '{"MsgBody":[1,"CloudCustomData":1,"CloudCustomData":2]}',
    ]) {
      assert.equal(SliceTracker.of(text).mode, 'whole', text);
    }
    const back = SliceTracker.of('{"MsgBody":[').apply([{ offset: 12, length: 0, text: ']}' }]);
    assert.deepEqual([back.mode, slice(back, 'MsgBody')], ['members', '[]']);
  });

  it('looks afresh when a change reaches over the end of a member', () => {
    const tracker = SliceTracker.of(DOCUMENT).apply([
      { offset: 14, length: DOCUMENT.length - 14, text: ' 7}' },
    ]);
    assert.equal(slice(tracker, 'MsgBody'), '7');
    assert.equal(slice(tracker, 'CloudCustomData'), undefined);
  });

  it('holds, in any state, slices that lie apart in the text and hold their values', () => {
    fc.assert(
      fc.property(documentText, fc.array(relativeChange, { maxLength: 6 }), (text, changes) => {
        let tracker = SliceTracker.of(text);
        for (const relative of changes) {
          const { from, to, insert } = placed(tracker.text, relative);
          tracker = tracker.apply([{ offset: from, length: to - from, text: insert }]);
          const { MsgBody: body, CloudCustomData: custom } = tracker.slices;
          for (const range of [body, custom]) {
            if (range)
              assert.ok(
                range.offset >= 0 && range.length >= 0 && range.offset + range.length <= tracker.text.length,
              );
          }
          if (body && custom) {
            assert.ok(
              body.offset + body.length <= custom.offset || custom.offset + custom.length <= body.offset,
            );
          }
          const { syntaxErrors, root, msgBody } = parseMessage(tracker.text);
          if (syntaxErrors.length > 0 || root?.type !== 'object') continue;
          assert.equal(body === undefined, msgBody === undefined);
          if (body && msgBody) {
            assert.ok(
              body.offset <= msgBody.offset && body.offset + body.length >= msgBody.offset + msgBody.length,
            );
          }
        }
      }),
      runs(200, 15_000),
    );
  });

  it('shows what was typed into a member, whatever it was', () => {
    fc.assert(
      fc.property(documentText, fc.array(relativeChange, { minLength: 1, maxLength: 5 }), (text, changes) => {
        let tracker = SliceTracker.of(text);
        for (const relative of changes) {
          const range = tracker.slices.MsgBody;
          if (range === undefined) return;
          const view = sliceProjection(tracker.text, range);
          const change = placed(view.text, { ...relative, insert: relative.insert.replace(/\r\n?/g, '\n') });
          const edits = view.edit(change);
          const after = tracker.apply(edits);
          const wanted = view.text.slice(0, change.from) + change.insert + view.text.slice(change.to);
          // A whole other member typed into this one rightly leaves it.
          const escaped = !tracker.slices.CloudCustomData && after.slices.CloudCustomData;
          if (after.mode === 'whole' || escaped || !after.slices.MsgBody) return;
          const inside = after.slices.MsgBody;
          const value = parseMessage(after.text).msgBody;
          const moved =
            value && (value.offset < inside.offset || value.offset >= inside.offset + inside.length);
          if (!moved && !wanted.includes('"MsgBody"') && !wanted.includes('"CloudCustomData"')) {
            assert.equal(sliceProjection(after.text, inside).text, wanted);
          }
          assert.equal(after.text, applyEdits(tracker.text, edits));
          tracker = after;
        }
      }),
      runs(200, 15_000),
    );
  });
});
