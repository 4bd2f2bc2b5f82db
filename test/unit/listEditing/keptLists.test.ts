import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addressKey, c2cAddress } from '../../../src/chat/address';
import { KeptLists, ListMovedError } from '../../../src/listEditing/keptLists';
import { ListLeases } from '../../../src/listEditing/listLeases';
import { formatList, type ListedMessage } from '../../../src/lists/formatList';
import { ListStore } from '../../../src/lists/listStore';
import { eventually } from '../../support/eventually';

const ID = '00112233445566aa';

function message(index: number, words: string): ListedMessage {
  return {
    address: c2cAddress('alice', 'bob', `${index}_${index}_1700000000`),
    sender: 'alice',
    time: 1_700_000_000 + index,
    flags: 0,
    content: { msgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${words}"}}]` },
  };
}

const made = [message(1, 'one'), message(2, 'two'), message(3, 'three')];

describe('Lists in several windows', () => {
  let folder: string;
  const windows: KeptLists[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lists-'));
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) window.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** A window, with a process of its own; one that `ended` left its leases. */
  function open(pid: number, ended: readonly number[] = []): KeptLists {
    const owner = {
      pid,
      start: (of: number) => Promise.resolve(`start ${of}`),
      isRunning: (of: number) => !ended.includes(of),
    };
    const fail = (error: unknown): void => assert.fail(String(error));
    const leases = new ListLeases(path.join(folder, 'leases'), { owner });
    const window = new KeptLists(new ListStore(folder), leases, fail);
    windows.push(window);
    return window;
  }

  async function makeList(window: KeptLists): Promise<void> {
    await window.make({ id: ID, connectionId: 'c', title: 't', at: 1_700_000_000_000, messages: made });
    window.handedOut((await window.open(ID))!);
  }

  /** The MsgKeys that a window would modify with a text. */
  async function changedIn(window: KeptLists, text: string): Promise<string[]> {
    const list = await window.open(ID);
    const { changed } = list!.comparer.compare(text);
    return changed.map(({ address }) => (address.chat === 'c2c' ? address.key : ''));
  }

  it('never take what another window modified back, because of a text that was made before', async () => {
    const [one, other] = [open(1), open(2)];
    await makeList(one);
    other.handedOut((await other.open(ID))!);
    const old = formatList(made);
    // The other window edits the third message and does not save it.
    const theirs = old.replace('three', 'drei');
    await other.edited(ID);
    // This one changes the first, and a plan carries it out.
    const mine = old.replace('one', 'eins');
    await one.edited(ID);
    await one.write(ID, mine);
    await one.clean(ID, mine);
    await one.restOnOther(ID, [message(1, 'eins')], true);
    assert.deepEqual(await changedIn(one, mine), []);
    assert.deepEqual(await changedIn(other, theirs), ['3_3_1700000000']);
    // After a restart of that window as well.
    const again = open(3, [2]);
    await again.edited(ID);
    assert.deepEqual(await changedIn(again, theirs), ['3_3_1700000000']);
    // And what was saved rests on what was carried out.
    const third = open(4);
    assert.equal((await third.open(ID))!.saved.text, mine);
    assert.deepEqual(await changedIn(third, mine), []);
  });

  it('do not overwrite what another window saved without being asked', async () => {
    const [one, other] = [open(1), open(2)];
    await makeList(one);
    other.handedOut((await other.open(ID))!);
    const told: string[] = [];
    other.onDidSaveElsewhere(({ id }) => told.push(id));
    await one.write(ID, 'saved by one');
    await assert.rejects(other.write(ID, 'saved by the other'), ListMovedError);
    await eventually(() => told.includes(ID) || undefined, 'the news of it');
    assert.equal((await other.open(ID))!.saved.text, 'saved by one');
    // Told of it, a person may.
    await other.write(ID, 'saved by the other');
    await eventually(() => one.peek(ID)?.saved.text === 'saved by the other' || undefined, 'the other text');
  });

  it('do not overwrite what another window saved that is as long, although VS Code asks about the file before it writes', async () => {
    const [one, other] = [open(1), open(2)];
    await makeList(one);
    const list = (await other.open(ID))!;
    other.handedOut(list);
    await other.edited(ID);
    const theirs = formatList(made).replace('one', 'six');
    await one.write(ID, theirs);
    await eventually(() => list.saved.text === theirs || undefined, 'the text of the other window');
    assert.equal(other.asked(list).text, theirs);
    await assert.rejects(other.write(ID, formatList(made)), ListMovedError);
    assert.equal((await new ListStore(folder).readText(ID))?.text, theirs);
    // Told of it, a person may.
    other.asked(list);
    await other.write(ID, formatList(made));
    // Where it is longer, VS Code asks, and writes what the person wants.
    await other.edited(ID);
    const mine = (await one.open(ID))!;
    await eventually(() => mine.saved.text === formatList(made) || undefined, 'the text of this window');
    one.handedOut(mine);
    await one.write(ID, `${theirs} `);
    await eventually(() => list.saved.text === `${theirs} ` || undefined, 'the longer text');
    other.asked(list);
    await other.write(ID, formatList(made));
  });

  it('follow what another window carried out of the very same text', async () => {
    const [one, other] = [open(1), open(2)];
    await makeList(one);
    other.handedOut((await other.open(ID))!);
    const mine = formatList(made).replace('two', 'zwei');
    await one.write(ID, mine);
    await eventually(() => other.peek(ID)?.saved.text === mine || undefined, 'the text');
    await other.clean(ID, mine);
    assert.deepEqual(await changedIn(other, mine), ['2_2_1700000000']);
    await one.restOnOther(ID, [message(2, 'zwei')], true);
    await eventually(async () => (await changedIn(other, mine)).length === 0 || undefined, 'the bases');
  });

  it('read lists of the version before, whose saved text says nothing of what it rests on', async () => {
    const window = open(1);
    await makeList(window);
    const store = new ListStore(folder);
    await store.writeText(ID, { text: formatList(made), mtime: 1_700_000_000_001, rest: [] });
    const other = open(2);
    assert.deepEqual(await changedIn(other, formatList(made)), []);
    assert.equal((await other.open(ID))!.saved.mtime, 1_700_000_000_001);
  });

  it('go along with their connection, with what their saved text says and rests on', async () => {
    const window = open(1);
    await makeList(window);
    const text = formatList(made).replace('two', 'mine');
    await window.edited(ID);
    await window.write(ID, text);
    await window.clean(ID, text);
    await window.restOnOther(ID, [message(1, 'theirs')], true);
    await window.moveConnection('c', 'd');
    for (const one of [window, open(2)]) {
      const list = await one.open(ID);
      assert.equal(list?.made.connectionId, 'd');
      assert.equal(list.saved.text, text);
      assert.equal(
        list.messages.get(addressKey(made[0]!.address))?.content.msgBody?.includes('theirs'),
        true,
      );
    }
  });
});
