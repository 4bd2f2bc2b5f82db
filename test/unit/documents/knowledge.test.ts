import assert from 'node:assert/strict';
import {
  isConflict,
  isDraft,
  isUnmerged,
  knowledgeOf,
  textOf,
  wasRecalled,
  type Knowledge,
} from '../../../src/documents/knowledge';
import { step, type MessageEvent } from '../../../src/documents/step';
import type { MessageContent } from '../../../src/chat/chatMessage';

const content = (text: string): MessageContent => ({
  msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`,
});
/** A document's text in a layout of its own. */
const mine = (text: string): string => `{ "MsgBody": ${content(text).msgBody ?? ''} }`;
/** The text of a document that was opened from a content. */
const shown = (text: string): string => `{
  "MsgBody": [
    {
      "MsgType": "TIMTextElem",
      "MsgContent": {
        "Text": "${text}"
      }
    }
  ]
}
`;

const service = content('service');
const theirs = content('theirs');

/** A message that was read from the service, and then what happened to it. */
function after(...events: readonly MessageEvent[]): Knowledge {
  const opened: readonly MessageEvent[] = [
    { kind: 'seen', content: service, facts: { time: 1_700_000_000, flags: 0 }, at: 10 },
    { kind: 'handedOut' },
  ];
  return [...opened, ...events].reduce(step, knowledgeOf(service, 10));
}

const edited = (text: string): MessageEvent => ({ kind: 'edited', text });
const saved = (text: string): MessageEvent => ({ kind: 'saved', text, at: 20 });
const clean: MessageEvent = { kind: 'clean', at: 20 };
const seen = (of: MessageContent): MessageEvent => ({ kind: 'seen', content: of, at: 30 });
const handedOut: MessageEvent = { kind: 'handedOut' };

describe('what is known of a message', () => {
  describe('that nobody edits', () => {
    it('follows the service, and its file is newer then', () => {
      const state = after(seen(theirs));
      assert.equal(textOf(state), shown('theirs'));
      assert.deepEqual(state.base, theirs);
      assert.equal(isConflict(state), false);
      assert.equal(state.mtime, 30);
    });

    it('keeps its time of change when the service shows the same again', () => {
      assert.equal(after(seen(content('service'))).mtime, 10);
    });

    it('follows it with a draft that differs in layout only', () => {
      const state = after(edited(mine('service')), saved(mine('service')), clean, seen(theirs));
      assert.equal(textOf(state), shown('theirs'));
      assert.equal(state.draft, undefined);
    });

    it('keeps its text when the service shows it no longer', () => {
      const state = after({ kind: 'lost' });
      assert.equal(textOf(state), shown('service'));
      assert.equal(state.gone, true);
      assert.equal(step(state, seen(service)).gone, false);
    });

    it('is recalled once anybody says so', () => {
      assert.equal(wasRecalled(after()), false);
      const state = after({ kind: 'recalled', time: 1_700_000_000 });
      assert.equal(wasRecalled(state), true);
      assert.deepEqual(state.facts, { time: 1_700_000_000, flags: 8 });
      assert.deepEqual(step(state, { kind: 'recalled', time: 1 }).facts, state.facts);
    });

    it('never says an older time of change, also when the clock goes back', () => {
      const state = [seen(theirs), { kind: 'seen', content: service, at: 5 } as const].reduce(step, after());
      assert.equal(state.mtime, 31);
    });
  });

  describe('with unsaved text', () => {
    it('keeps what the text was made from, whatever the service shows', () => {
      const state = after(edited(mine('my')), seen(theirs));
      assert.deepEqual(state.base, service);
      assert.equal(isConflict(state), true);
      assert.equal(state.mtime, 10);
    });

    it('keeps it when another window saves, discards or modifies', () => {
      const other = { rest: { base: theirs }, draft: mine('other'), facts: undefined, savedAt: 40 };
      const state = after(edited(mine('my')), { kind: 'adopted', state: other, at: 40 });
      assert.deepEqual(state.base, service);
      assert.equal(textOf(state), mine('other'));
      const gone = step(state, { kind: 'adopted', state: undefined, at: 50 });
      assert.deepEqual(gone.base, service);
      const overwritten = step(gone, saved(mine('my')));
      assert.deepEqual([overwritten.draft, overwritten.base], [mine('my'), service]);
    });

    it('rests on what VS Code had read when it was typed, not on what came a moment before', () => {
      const state = after(seen(theirs), edited(mine('my')));
      assert.deepEqual(state.base, service);
      assert.deepEqual(after(seen(theirs), handedOut, edited(mine('my'))).base, theirs);
    });

    it('rests on what its window kept for it when VS Code restores it', () => {
      const state = step(knowledgeOf(theirs, 10), {
        kind: 'edited',
        text: mine('my'),
        took: { base: service },
      });
      assert.deepEqual(state.base, service);
      assert.deepEqual(step(state, edited(mine('my, more'))).base, service);
    });

    it('is a conflict with everything when nobody knows what it was made from', () => {
      const state = step(after(), { kind: 'edited', text: mine('my'), took: { base: {} } });
      assert.equal(isConflict(state), true);
      assert.equal(isConflict(step(state, saved(mine('my')))), true);
    });

    it('follows the service once it was reverted, and is a conflict when that is undone', () => {
      const state = after(edited(mine('my')), seen(theirs), clean);
      assert.equal(textOf(state), shown('theirs'));
      const undone = [handedOut, edited(mine('my'))].reduce(step, state);
      assert.deepEqual(undone.base, service);
      assert.equal(isConflict(undone), true);
    });
  });

  describe('with a draft', () => {
    const draft = [edited(mine('my')), saved(mine('my')), clean] as const;

    it('stays on its base while the service shows another content', () => {
      const state = after(...draft, seen(theirs));
      assert.equal(isDraft(state), true);
      assert.equal(isConflict(state), true);
      assert.deepEqual(state.base, service);
      assert.equal(textOf(state), mine('my'));
    });

    it('is none once it is saved with the text of its base', () => {
      const state = after(...draft, edited(shown('service')), saved(shown('service')), clean);
      assert.equal(state.draft, undefined);
      assert.equal(isDraft(state), false);
    });

    it('is one with broken JSON', () => {
      assert.equal(isDraft(after(edited('{ "MsgBody": '), saved('{ "MsgBody": '))), true);
    });

    it('takes over the draft of another window with its base', () => {
      const other = { rest: { base: theirs }, draft: mine('other'), facts: undefined, savedAt: 40 };
      const state = after(...draft, { kind: 'adopted', state: other, at: 30 });
      assert.deepEqual([state.base, textOf(state), state.mtime], [theirs, mine('other'), 40]);
    });

    it('is a conflict again when a draft that another window discarded is brought back', () => {
      const state = after(...draft, { kind: 'adopted', state: undefined, at: 40 }, seen(theirs), handedOut);
      assert.equal(textOf(state), shown('theirs'));
      const undone = [edited(mine('my')), saved(mine('my'))].reduce(step, state);
      assert.deepEqual(undone.base, service);
      assert.equal(isConflict(undone), true);
    });

    it('is a conflict again when it was discarded and that is undone', () => {
      const discarded = after(...draft, seen(theirs), { kind: 'discarded', at: 40 }, handedOut);
      assert.equal(textOf(discarded), shown('theirs'));
      assert.deepEqual(step(discarded, edited(mine('my'))).base, service);
    });

    it("is a conflict again when the service's content was taken and that is undone", () => {
      const taken = after(
        ...draft,
        seen(theirs),
        { kind: 'made', text: shown('theirs'), rest: { base: theirs } },
        edited(shown('theirs')),
        saved(shown('theirs')),
        clean,
      );
      assert.deepEqual([taken.base, isDraft(taken), isConflict(taken)], [theirs, false, false]);
      const undone = [edited(mine('my')), saved(mine('my')), clean].reduce(step, taken);
      assert.deepEqual(undone.base, service);
      assert.equal(isConflict(undone), true);
      const redone = [edited(shown('theirs')), saved(shown('theirs'))].reduce(step, undone);
      assert.equal(isConflict(redone), false);
    });

    it('rests on what an undo of a modification is known to put back, from its first moment', () => {
      const before = shown('before');
      const state = after(
        seen(theirs),
        { kind: 'made', text: before, rest: { base: service } },
        edited(before),
      );
      assert.deepEqual(state.base, service);
      assert.deepEqual(step(state, saved(before)).saved.base, service);
    });
  });

  describe('that is merged by hand', () => {
    const conflict = [edited(mine('my')), saved(mine('my')), clean, seen(theirs)] as const;
    const merging = [...conflict, { kind: 'merging', onto: theirs } as const] as const;

    it('stays a conflict, not merged yet, until its text was changed and saved', () => {
      const begun = after(...merging);
      assert.deepEqual([begun.base, isConflict(begun), isUnmerged(begun)], [service, true, true]);
      const again = [edited(`${mine('my')}\n`), saved(`${mine('my')}\n`), clean].reduce(step, begun);
      assert.deepEqual([isConflict(again), isUnmerged(again)], [true, true]);
      const typed = step(begun, edited(mine('my, theirs')));
      assert.deepEqual([isConflict(typed), isUnmerged(typed)], [true, true]);
      const done = [saved(mine('my, theirs')), clean].reduce(step, typed);
      assert.deepEqual([done.base, isConflict(done), isUnmerged(done)], [theirs, false, false]);
    });

    it('is not merged by text that is broken for now', () => {
      const state = after(...merging, edited('{ "MsgBody": '), saved('{ "MsgBody": '));
      assert.deepEqual([isConflict(state), isUnmerged(state)], [true, true]);
    });

    it('is not merged by undoing what was typed before', () => {
      const typed = after(
        edited(mine('m')),
        edited(mine('my')),
        saved(mine('my')),
        clean,
        seen(theirs),
        { kind: 'merging', onto: theirs },
        { kind: 'edited', text: mine('m'), undone: true },
        saved(mine('m')),
      );
      assert.deepEqual([typed.base, isConflict(typed), isUnmerged(typed)], [service, true, true]);
    });

    it('is not merged by giving up its change: it follows the service then', () => {
      const state = after(...merging, edited(shown('service')), saved(shown('service')), clean);
      assert.deepEqual([textOf(state), state.base, isDraft(state)], [shown('theirs'), theirs, false]);
    });

    it('is merged when the person says so, and not any more when that is undone', () => {
      const begun = after(...merging);
      const said = step(begun, { kind: 'merged' });
      assert.deepEqual([said.base, isUnmerged(said)], [theirs, false]);
      const undone = step(said, { kind: 'restedOn', rest: begun.saved });
      assert.deepEqual([undone.base, isConflict(undone), isUnmerged(undone)], [service, true, true]);
    });

    it('is a conflict again when the merged text is undone', () => {
      const merged = after(...merging, edited(mine('both')), saved(mine('both')), clean);
      const undone = [edited(mine('my')), saved(mine('my'))].reduce(step, merged);
      assert.deepEqual([undone.base, isConflict(undone)], [service, true]);
    });

    it("stays in conflict when the service's content was taken, and undone before that was over", () => {
      const took = after(edited(mine('my')), saved(mine('my')), clean, seen(theirs), {
        ...{ kind: 'made', text: shown('theirs'), rest: { base: theirs } },
      });
      const undone = [edited(shown('theirs')), saved(shown('theirs')), clean, edited(mine('my'))].reduce(
        step,
        took,
      );
      const late = step(undone, { kind: 'restedOn', rest: { base: theirs }, text: shown('theirs') });
      assert.deepEqual([late.base, isConflict(late)], [service, true]);
    });

    it('is a conflict when the service shows yet another content', () => {
      const third = content('third');
      const state = after(...merging, seen(third), edited(mine('both')), saved(mine('both')), clean);
      assert.deepEqual([state.base, isConflict(state)], [theirs, true]);
    });
  });

  describe('that was modified', () => {
    it('keeps the text that was sent as long as it means what was read back', () => {
      const sent = mine('my');
      const state = after(edited(sent), saved(sent), clean, {
        kind: 'modified',
        sent,
        readBack: content('my'),
        at: 50,
      });
      assert.equal(textOf(state), sent);
      assert.deepEqual([isDraft(state), isConflict(state), state.mtime], [false, false, 20]);
      assert.deepEqual(step(state, edited(mine('my, more'))).base, content('my'));
    });

    it('shows what the service made of it', () => {
      const sent = mine('my');
      const state = after(edited(sent), saved(sent), clean, {
        kind: 'modified',
        sent,
        readBack: content('audited'),
        at: 50,
      });
      assert.equal(textOf(state), shown('audited'));
      assert.equal(state.mtime, 50);
    });

    it('lets text typed meanwhile rest on what came of it', () => {
      const sent = mine('my');
      const state = after(
        edited(sent),
        saved(sent),
        clean,
        edited(mine('my, more')),
        { kind: 'modified', sent, readBack: content('my'), at: 50 },
        saved(mine('my, more')),
      );
      assert.deepEqual(state.base, content('my'));
      assert.equal(isDraft(state), true);
    });

    it('is no conflict when what was sent is brought back by undoing', () => {
      const sent = mine('my');
      const state = after(
        edited(sent),
        saved(sent),
        clean,
        { kind: 'modified', sent, readBack: content('my'), at: 50 },
        edited(mine('my, more')),
        edited(sent),
      );
      assert.equal(isConflict(state), false);
    });
  });

  it('remembers no more texts than undoing needs', () => {
    let state = after(edited(mine('my')), seen(theirs), clean, handedOut);
    for (let count = 0; count < 100; count += 1) {
      state = [edited(mine(`${count}`)), clean].reduce(step, state);
    }
    assert.equal(state.origins.length, 8);
    assert.deepEqual(step(state, edited(mine('my'))).base, service);
  });
});
