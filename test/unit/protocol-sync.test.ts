import assert from 'node:assert/strict';
import { ChangeSet, Text } from '@codemirror/state';
import fc from 'fast-check';
import { PaneState } from '../../src/editor/paneState';
import { difference } from '../../src/json/textChange';
import type { FromPage, ToPage } from '../../src/protocol';
import { fromPage } from '../../src/protocolGuards';
import { PaneSync, textOf } from '../../webview/sync/paneSync';
import { runs } from '../support/runs';

type Edit = Extract<FromPage, { type: 'edit' }>;

/** A page as it behaves: it shows a text, gathers what is typed, and talks over a wire that delivers in order. */
class Page {
  shown: string;
  readonly sync: PaneSync;
  readonly toHost: Edit[] = [];
  readonly toPage: ToPage[] = [];

  constructor(text: string, version: number) {
    this.shown = text;
    this.sync = new PaneSync(Text.of(text.split('\n')), version);
  }

  type(from: number, to: number, insert: string): void {
    const start = Math.min(from, this.shown.length);
    const end = Math.min(Math.max(start, to), this.shown.length);
    const changes = ChangeSet.of({ from: start, to: end, insert }, this.shown.length, '\n');
    this.sync.local(changes);
    this.show(changes);
  }

  send(all: boolean): void {
    if (all) this.sync.closeAll();
    else this.sync.close();
    this.push();
  }

  receive(): void {
    const message = this.toPage.shift();
    switch (message?.type) {
      case 'accepted':
        assert.ok(this.sync.accepted(message.push, message.version));
        break;
      case 'stale':
        assert.ok(this.sync.stale(message.push));
        break;
      case 'change': {
        const changes = this.sync.remote(message);
        assert.ok(changes, 'a change of the host is never out of step');
        this.show(changes);
        break;
      }
      default:
        return;
    }
    this.push();
  }

  private push(): void {
    const push = this.sync.next();
    if (push) this.toHost.push({ type: 'edit', pane: 'p', ...push });
  }

  private show(changes: ChangeSet): void {
    this.shown = textOf(changes.apply(Text.of(this.shown.split('\n'))));
  }
}

/** The host as the session is: accepts on the newest version, tells the others, may change what it was given. */
class Host {
  readonly state: PaneState;
  readonly pages: Page[] = [];
  lastForeign = '';

  constructor(text: string, pages: number) {
    this.state = new PaneState(text);
    for (let i = 0; i < pages; i++) this.pages.push(new Page(text, 0));
  }

  receive(from: Page, rewrite: (text: string) => string): void {
    const edit = from.toHost.shift();
    if (!edit) return;
    const after = this.state.after(edit.base, edit.changes);
    if (after === undefined) {
      from.toPage.push({ type: 'stale', pane: 'p', push: edit.push });
      return;
    }
    const step = this.state.accept(after, edit.changes);
    for (const page of this.pages) {
      if (page === from)
        page.toPage.push({ type: 'accepted', pane: 'p', push: edit.push, version: step.version });
      else page.toPage.push({ type: 'change', pane: 'p', reveal: false, ...step });
    }
    this.foreign(rewrite(this.state.text));
  }

  foreign(text: string): void {
    const step = this.state.become(text);
    if (!step) return;
    for (const page of this.pages) page.toPage.push({ type: 'change', pane: 'p', reveal: false, ...step });
  }
}

type Action =
  | { do: 'type'; page: number; from: number; length: number; insert: string }
  | { do: 'send'; page: number; all: boolean }
  | { do: 'deliver'; page: number; rewrite: boolean }
  | { do: 'hear'; page: number; rewrite: boolean }
  | { do: 'foreign'; from: number; length: number; insert: string };

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '"', '你', '\r', '😀'), maxLength: 6 });
const page = fc.nat(1);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('type'),
      page,
      from: fc.nat(30),
      length: fc.nat(4),
      insert: text,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send'), page, all: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('deliver' as const, 'hear' as const),
      page,
      rewrite: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('foreign'),
      from: fc.nat(30),
      length: fc.nat(5),
      insert: text,
    }),
  },
);

describe('protocol: page and host', () => {
  it('come to equal texts after any interleaving of typing, pushes, answers and foreign edits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.array(action, { maxLength: 60 }), (start, actions) => {
        const host = new Host(start, 2);
        const rewrite = (text: string): string => text.replace('aa', 'A');
        const keep = (text: string): string => text;
        for (const act of actions) {
          const at = host.pages['page' in act ? act.page : 0]!;
          switch (act.do) {
            case 'type':
              at.type(act.from, act.from + act.length, act.insert);
              break;
            case 'send':
              at.send(act.all);
              break;
            case 'deliver':
              host.receive(at, act.rewrite ? rewrite : keep);
              break;
            case 'hear':
              at.receive();
              break;
            case 'foreign': {
              const from = Math.min(act.from, host.state.text.length);
              const after = host.state.text.slice(from + act.length);
              host.foreign(host.state.text.slice(0, from) + act.insert + after);
              break;
            }
          }
        }
        for (let round = 0; round < 1000; round++) {
          for (const each of host.pages) {
            each.send(true);
            host.receive(each, keep);
            each.receive();
          }
          if (host.pages.every((each) => each.sync.settled && each.toPage.length === 0)) break;
        }
        for (const each of host.pages) {
          assert.ok(each.sync.settled, 'everything is told');
          assert.equal(each.shown, host.state.text);
          assert.equal(textOf(each.sync.confirmed), host.state.text);
          assert.equal(each.sync.version, host.state.version);
        }
      }),
      runs(400, 20_000),
    );
  });

  it('keeps what was typed while a push was under way', () => {
    const host = new Host('abcdef', 1);
    const [first] = host.pages;
    assert.ok(first);
    first.type(1, 1, 'X');
    first.send(false);
    first.type(2, 2, 'Y');
    host.foreign('Zabcdef');
    host.receive(first, (t) => t);
    first.receive();
    assert.equal(first.shown, 'ZaXYbcdef');
    first.receive();
    host.receive(first, (t) => t);
    assert.equal(host.state.text, 'ZaXbcdef');
    first.receive();
    first.send(false);
    host.receive(first, (t) => t);
    assert.equal(host.state.text, 'ZaXYbcdef');
  });

  it('keeps bursts apart until somebody waits', () => {
    const sync = new PaneSync(Text.of(['']), 0);
    sync.local(ChangeSet.of({ from: 0, insert: 'one' }, 0));
    sync.close();
    sync.local(ChangeSet.of({ from: 3, insert: ' two' }, 3));
    sync.close();
    sync.local(ChangeSet.of({ from: 7, insert: ' three' }, 7));
    assert.deepEqual(sync.next()?.changes, [{ from: 0, to: 0, insert: 'one' }]);
    assert.equal(sync.next(), undefined);
    sync.closeAll();
    assert.ok(sync.accepted(1, 1));
    assert.deepEqual(sync.next(), { push: 2, base: 1, changes: [{ from: 3, to: 3, insert: ' two three' }] });
    assert.ok(sync.accepted(2, 2));
    assert.ok(sync.settled);
  });

  it('shows a push under way once when the whole text is sent again', () => {
    const sync = new PaneSync(Text.of(['abc']), 0);
    sync.local(ChangeSet.of({ from: 3, insert: 'd' }, 3));
    sync.close();
    assert.ok(sync.next());
    sync.local(ChangeSet.of({ from: 4, insert: 'e' }, 4));
    const shown = sync.reset('abcd', 7).apply(Text.of(['abcde']));
    assert.equal(textOf(shown), 'abcde');
    sync.close();
    assert.deepEqual(sync.next(), { push: 2, base: 7, changes: [{ from: 4, to: 4, insert: 'e' }] });
  });

  it('keeps what is typed while it catches up over several versions', () => {
    const host = new PaneState('abc');
    const sync = new PaneSync(Text.of(['abc']), host.version);
    sync.local(ChangeSet.of({ from: 3, insert: '!' }, 3));
    host.become('xabc');
    host.become('xaybc');
    const shown = sync.remote(host.from('abc', 0))?.apply(Text.of(['abc!']));
    assert.equal(shown && textOf(shown), 'xaybc!');
    sync.close();
    assert.deepEqual(sync.next(), { push: 1, base: 2, changes: [{ from: 5, to: 5, insert: '!' }] });
  });

  it('says when it is out of step instead of guessing', () => {
    const sync = new PaneSync(Text.of(['abc']), 3);
    const insert = { since: 3, version: 4, changes: [{ from: 0, to: 0, insert: 'x' }], length: 4 };
    assert.equal(sync.remote({ ...insert, since: 4, version: 5 }), undefined);
    assert.equal(sync.remote({ ...insert, changes: [{ from: 0, to: 9, insert: 'x' }] }), undefined);
    assert.equal(sync.remote({ ...insert, length: 9 }), undefined);
    assert.equal(sync.accepted(1, 4), false);
    assert.ok(sync.remote(insert));
  });
});

describe('protocol: guards', () => {
  it('takes what the page may say', () => {
    assert.ok(fromPage({ type: 'ready', shown: true }));
    assert.ok(
      fromPage({
        type: 'edit',
        pane: 'MsgBody',
        push: 1,
        base: 0,
        changes: [{ from: 0, to: 2, insert: '' }],
      }),
    );
    assert.ok(
      fromPage({ type: 'ask', id: 1, question: { kind: 'hover', pane: 'MsgBody', offset: 3, version: 0 } }),
    );
  });

  it('drops everything else', () => {
    const wrong: unknown[] = [
      null,
      'ready',
      [],
      { type: 'toString' },
      { type: 'edit', pane: 'MsgBody', push: 1, base: 0, changes: [{ from: 2, to: 1, insert: '' }] },
      { type: 'edit', pane: 'MsgBody', push: 1, base: -1, changes: [] },
      {
        type: 'edit',
        pane: 'MsgBody',
        push: 1,
        base: 0,
        changes: [
          { from: 3, to: 4, insert: '' },
          { from: 0, to: 1, insert: '' },
        ],
      },
      { type: 'split', split: 1 },
      { type: 'ask', id: 1, question: { kind: 'eval', pane: 'MsgBody', offset: 3, version: 0 } },
    ];
    for (const value of wrong) assert.equal(fromPage(value), undefined, JSON.stringify(value));
  });

  it('finds the one difference of two texts', () => {
    assert.deepEqual(difference('abc', 'abc'), []);
    assert.deepEqual(difference('abc', 'abXc'), [{ from: 2, to: 2, insert: 'X' }]);
    assert.deepEqual(difference('aaa', 'aa'), [{ from: 2, to: 3, insert: '' }]);
    assert.deepEqual(difference('', 'x'), [{ from: 0, to: 0, insert: 'x' }]);
  });
});
