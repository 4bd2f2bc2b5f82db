import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { c2cAddress, type MessageRef } from '../../../src/chat/address';
import { ChatNetworkError } from '../../../src/chat/errors';
import type { ChatMessage, MessageContent } from '../../../src/chat/chatMessage';
import { DraftStore } from '../../../src/documents/draftStore';
import { isConflict, textOf, wasRecalled, type Knowledge } from '../../../src/documents/knowledge';
import { Leases } from '../../../src/documents/leases';
import { MessageDocuments } from '../../../src/documents/messageDocuments';
import { formatMessage } from '../../../src/message/document';
import { eventually } from '../../support/eventually';
import { FaultyFiles } from '../../support/faultyFiles';

const body = (text: string): MessageContent => ({
  msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`,
});
const document = (text: string): string => formatMessage(body(text));
const ref = (index = 0): MessageRef => ({
  connectionId: 'c1',
  address: c2cAddress('alice', 'bob', `${index}_2_1700000000`),
});

describe('MessageDocuments', () => {
  let folder = '';
  /** What the service shows. */
  let service: (of: MessageRef) => MessageContent | undefined;
  let pids = 100;
  const running = new Set<number>();
  const windows: MessageDocuments[] = [];
  let disk = new FaultyFiles();
  let unkept: string[] = [];
  let failures: unknown[] = [];
  /** What the service takes its time for. */
  let reading: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    folder = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'documents-')), 'messages');
    service = () => body('one');
    disk = new FaultyFiles();
    unkept = [];
    failures = [];
    reading = () => Promise.resolve();
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) window.dispose();
    await fs.rm(path.dirname(folder), { recursive: true, force: true });
  });

  /** A window with a process of its own. */
  function open(): MessageDocuments & { end(): void } {
    const pid = (pids += 1);
    running.add(pid);
    const owner = {
      pid,
      start: () => Promise.resolve(undefined),
      isRunning: (of: number) => running.has(of),
    };
    const documents = new MessageDocuments({
      drafts: new DraftStore(folder, { layer: disk }),
      leases: new Leases(folder, { owner, layer: disk }),
      source: {
        find: async (of, { signal }) => {
          await reading(signal);
          const content = service(of);
          return Promise.resolve(content && messageOf(of, content));
        },
      },
      isShown: () => false,
      onFailure: (error) => failures.push(error),
      onUnkept: (error) => unkept.push(String(error)),
    });
    windows.push(documents);
    return Object.assign(documents, {
      end: () => {
        running.delete(pid);
        documents.dispose();
      },
    });
  }

  function messageOf({ address }: MessageRef, content: MessageContent): ChatMessage {
    return {
      address,
      sender: 'alice',
      seq: 1,
      random: 2,
      time: 1_700_000_000,
      flags: 0,
      peerRead: false,
      content,
    };
  }

  const known = (documents: MessageDocuments): Knowledge => {
    const state = documents.peek(ref());
    assert.ok(state);
    return state;
  };

  it('keep what unsaved text was made from over a restart, whatever another window reads meanwhile', async () => {
    const one = open();
    await one.get(ref());
    await one.handedOut(ref());
    await one.edited(ref(), document('mine'));
    service = () => body('theirs');
    const two = open();
    assert.equal(textOf((await two.get(ref()))!), document('theirs'));
    await two.handedOut(ref());
    await two.edited(ref(), document('other'));
    await two.write(ref(), document('theirs'));
    await two.clean(ref());
    await two.discard(ref());
    one.end();
    const again = open();
    await again.edited(ref(), document('mine'));
    assert.deepEqual(known(again).base, body('one'));
    await again.write(ref(), document('mine'));
    await again.clean(ref());
    await again.refresh(ref());
    assert.equal(isConflict(known(again)), true);
  });

  it('let restored text be a conflict when nobody kept what it was made from', async () => {
    service = () => body('theirs');
    const window = open();
    await window.edited(ref(), document('mine'));
    await eventually(() => window.peek(ref())?.service, 'the service to be read');
    assert.equal(isConflict(known(window)), true);
  });

  it('leave nothing behind of unsaved text that was saved or given up', async () => {
    const window = open();
    await window.get(ref());
    await window.handedOut(ref());
    await window.edited(ref(), document('mine'));
    assert.equal((await fs.readdir(folder)).length, 1);
    await window.write(ref(), document('mine'));
    await window.clean(ref());
    assert.deepEqual(
      (await fs.readdir(folder)).filter((name) => name.includes('lease')),
      [],
    );
    await window.discard(ref());
    assert.deepEqual(await fs.readdir(folder), []);
  });

  it('read what the format before kept for unsaved text', async () => {
    const store = new DraftStore(folder);
    await store.write({
      ref: ref(),
      facts: undefined,
      base: body('one'),
      draft: null,
      savedAt: 1_700_000_000_000,
    });
    service = () => body('theirs');
    const window = open();
    await window.edited(ref(), document('mine'));
    assert.deepEqual(known(window).base, body('one'));
    assert.equal(known(window).mtime, 1_700_000_000_000);
  });

  it('keep their text unsaved when it cannot be kept', async () => {
    const window = open();
    await window.get(ref());
    await window.handedOut(ref());
    await fs.rm(folder, { recursive: true, force: true });
    await fs.writeFile(folder, 'in the way');
    await assert.rejects(window.write(ref(), document('mine')));
    assert.equal(known(window).draft, undefined);
    assert.equal(textOf(known(window)), document('one'));
  });

  for (const trouble of ['full', 'readOnly'] as const) {
    it(`tell once that a disk is ${trouble === 'full' ? 'full' : 'read-only'}, and believe nothing half-written`, async () => {
      const window = open();
      await window.get(ref());
      await window.handedOut(ref());
      await window.edited(ref(), document('mine'));
      await window.write(ref(), document('mine'));
      await window.clean(ref());
      disk.trouble = trouble;
      for (const text of ['mine, m', 'mine, mo', 'mine, more']) await window.edited(ref(), document(text));
      assert.equal(unkept.length, 1);
      await assert.rejects(window.write(ref(), document('mine, more')));
      // The text stays unsaved in its editor, and what was saved before is still there.
      assert.equal(known(window).unsaved?.text, document('mine, more'));
      assert.equal(known(window).draft, document('mine'));
      const names = await fs.readdir(folder);
      assert.deepEqual(
        names.filter((name) => !/^[0-9a-f]{64}\.json$/.test(name)),
        [],
      );
      const [kept] = await new DraftStore(folder, { onProblem: () => assert.fail() }).list();
      assert.equal(kept?.draft, document('mine'));
      disk.trouble = undefined;
      await window.edited(ref(), document('mine, more!'));
      assert.equal((await fs.readdir(folder)).length, 2);
      await window.write(ref(), document('mine, more!'));
      await window.clean(ref());
      assert.equal(unkept.length, 1);
    });
  }

  it('know what a modification made of a message although the disk cannot follow, which it does later', async () => {
    const window = open();
    await window.get(ref());
    await window.handedOut(ref());
    await window.edited(ref(), document('mine'));
    await window.write(ref(), document('mine'));
    await window.clean(ref());
    disk.trouble = 'readOnly';
    service = () => body('audited');
    await window.modified(ref(), document('mine'), body('audited'));
    assert.equal(textOf(known(window)), document('audited'));
    assert.equal(unkept.length, 1);
    assert.equal((await fs.readdir(folder)).length, 1);
    disk.trouble = undefined;
    await window.recalled(ref());
    assert.deepEqual(await fs.readdir(folder), []);
  });

  it('tell whoever shows a message what was learned of it, also when no editor does', async () => {
    const window = open();
    const told: string[] = [];
    window.onDidLearn((of, { service: shown, gone, ...state }) => {
      assert.deepEqual(of, ref());
      told.push(
        wasRecalled({ service: shown, gone, ...state }) ? 'recalled' : gone ? 'gone' : (shown?.msgBody ?? ''),
      );
    });
    await window.serviceShows(ref(), body('seen'));
    await window.recalled(ref());
    assert.equal(window.held, 0);
    assert.deepEqual(told, [body('seen').msgBody, 'recalled']);
  });

  it('follow another window that saves, discards and modifies', async () => {
    const [one, two] = [open(), open()];
    await one.get(ref());
    await two.get(ref());
    await one.handedOut(ref());
    await one.edited(ref(), document('mine'));
    await one.write(ref(), document('mine'));
    await one.clean(ref());
    await eventually(() => textOf(known(two)) === document('mine'), 'the draft');
    service = () => body('mine');
    await one.modified(ref(), document('mine'), body('mine'));
    await eventually(() => known(two).draft === undefined && known(two).base.msgBody, 'the modification');
    await eventually(() => textOf(known(two)) === document('mine'), 'its content');
  });

  it('let unsaved text be saved after the data of its connection was deleted', async () => {
    const window = open();
    await window.get(ref());
    await window.handedOut(ref());
    await window.edited(ref(), document('mine'));
    await window.write(ref(), document('mine'));
    await window.edited(ref(), document('mine, unsaved'));
    const { mtime } = known(window);
    await window.removeConnection('c1');
    assert.deepEqual(
      (await window.stored()).map(({ draft }) => draft),
      [],
    );
    // VS Code takes a file whose time of change rose for another one's work, and refuses to save.
    assert.equal(known(window).mtime, mtime);
    await window.write(ref(), document('mine, unsaved'));
    await window.clean(ref());
    assert.equal((await window.stored())[0]?.draft, document('mine, unsaved'));
    assert.deepEqual(known(window).base, body('one'));
  });

  it('stop reading a message that nobody shows any more, and everything when the window ends', async () => {
    const window = open();
    const signals: AbortSignal[] = [];
    await window.get(ref(0));
    await window.get(ref(1));
    reading = (signal) => {
      signals.push(signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () =>
          reject(new ChatNetworkError({ command: 'x', reason: 'aborted', outcomeUnknown: false })),
        );
      });
    };
    const reads = [window.refresh(ref(0)), window.refresh(ref(1))].map((read) => read.catch(String));
    window.closed(ref(0));
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    window.dispose();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true],
    );
    await Promise.all(reads);
    assert.deepEqual(failures, []);
  });

  it('give drafts, with what they rest on, to the connection that took the place of theirs', async () => {
    const window = open();
    const there = (index: number): MessageRef => ({ ...ref(index), connectionId: 'c2' });
    const save = async (of: MessageRef, text: string): Promise<void> => {
      await window.get(of);
      await window.handedOut(of);
      await window.edited(of, document(text));
      await window.write(of, document(text));
      await window.clean(of);
    };
    await save(ref(0), 'moved');
    await save(ref(1), 'unsaved since');
    await window.edited(ref(1), document('unsaved since, more'));
    await save(ref(2), 'mine');
    await save(there(2), 'of its own');
    await save({ ...ref(3), connectionId: 'c3' }, 'another connection');
    service = () => body('theirs');
    assert.equal(await window.moveConnection('c1', 'c2'), 1);
    const again = open();
    assert.equal(textOf((await again.get(there(0)))!), document('moved'));
    assert.deepEqual((await again.get(there(0)))?.base, body('one'));
    assert.equal(window.peek(ref(0)), undefined);
    await window.refresh(there(0));
    assert.equal(isConflict(window.peek(there(0))!), true);
    assert.equal(textOf((await again.get(ref(1)))!), document('unsaved since'));
    assert.equal(textOf((await again.get(ref(2)))!), document('mine'));
    assert.equal(textOf((await again.get(there(2)))!), document('of its own'));
    assert.equal((await again.stored()).length, 5);
  });

  it('let messages go that were looked at and never opened', async () => {
    const window = open();
    for (let index = 0; index < 500; index += 1) await window.get(ref(index));
    assert.ok(window.held < 200, `${window.held} are held`);
  });

  it('let five thousand messages go that were opened and closed', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    service = ({ address }) => body(`${JSON.stringify(address).length}${'x'.repeat(4_000)}`);
    const window = open();
    const openAndClose = async (from: number, count: number): Promise<void> => {
      for (let index = from; index < from + count; index += 1) {
        await window.get(ref(index));
        await window.handedOut(ref(index));
        window.closed(ref(index));
      }
    };
    await openAndClose(0, 200);
    const before = used();
    await openAndClose(200, 5_000);
    assert.equal(window.held, 0);
    const more = (used() - before) / 1024 / 1024;
    assert.ok(more < 5, `${more.toFixed(1)} MB more`);
  });
});
