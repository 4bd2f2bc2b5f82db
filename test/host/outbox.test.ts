import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChatMessage } from '../../src/chat/chatMessage';
import { ChatNetworkError } from '../../src/chat/errors';
import type { Connection } from '../../src/connections/connection';
import type { Entry } from '../../src/conversation/timeline';
import { Outbox } from '../../src/conversationPage/outbox';
import type { OutboxServices } from '../../src/conversationPage/pageServices';
import { parseUnsentUri } from '../../src/documents/unsentUri';
import type { SendOutcome } from '../../src/sending/sendRequest';
import { UnsentStore } from '../../src/sending/unsentStore';
import { eventually } from '../support/eventually';

const CONNECTION: Connection = {
  ...{ id: 'c1', name: 'Sandbox', endpoint: 'http://127.0.0.1:8080', sdkAppId: 1, administrator: 'admin' },
  ...{ environment: 'sandbox', credentialKind: 'sandbox', readOnly: false },
  ...{ users: [], met: [], conversations: [], groups: [], former: [] },
};
const LOST = new ChatNetworkError({ command: 'openim/sendmsg', reason: 'timeout', outcomeUnknown: true });
const DONE: SendOutcome = { kind: 'done', addresses: [], failed: [], revisionId: 'r', seen: false };

describe('What is written in the page of a conversation', () => {
  let folder: string;
  let store: UnsentStore;
  let outbox: Outbox;
  let services: { -readonly [Name in keyof OutboxServices]: OutboxServices[Name] };
  /** How sending ends, one after another. */
  let ends: (SendOutcome | undefined)[];
  /** The documents that were sent. */
  let sent: string[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'outbox-'));
    store = new UnsentStore(folder);
    sent = [];
    services = {
      connections: { get: () => CONNECTION },
      notices: { message: String },
      unsent: () => Promise.resolve(store),
      send: async (uri) => {
        const id = parseUnsentUri(uri)?.id ?? '';
        sent.push(id);
        const end = ends.shift();
        if (end?.kind === 'done') await store.sent(id, [], () => true);
        return end;
      },
    };
    outbox = ofNewPage();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const ofNewPage = (): Outbox =>
    new Outbox({ connectionId: 'c1', chat: { chat: 'c2c', user: 'alice', peer: 'bob' } }, services);
  let lines = 0;
  const line = (text: string, as = 'alice') => ({ type: 'send' as const, id: (lines += 1), as, text });
  const send = async (text: string): Promise<string | undefined> => (await outbox.send(line(text), [])).error;
  const drafts = async (): Promise<string[]> => (await store.list()).map(({ id }) => id);

  it('keeps its document while nobody knows whether it was sent, however often that is not sent again', async () => {
    ends = [{ kind: 'unknown', error: LOST }, { kind: 'cancelled' }, DONE, undefined, DONE];
    assert.equal(await send('one'), 'Nobody knows whether it was sent.');
    const [document] = await drafts();
    assert.equal(await send('one'), 'Not sent. It waits among the drafts.');
    assert.deepEqual(await drafts(), [document]);
    // Another line meanwhile makes nobody forget.
    assert.equal(await send('two'), undefined);
    assert.equal(await send('one'), 'Not sent. It waits among the drafts.');
    assert.equal(await send('one'), undefined);
    assert.deepEqual(sent, [document, document, sent[2], document, document]);
    assert.notEqual(sent[2], document);
    assert.deepEqual(await drafts(), []);
  });

  it('leaves no document where one declines at first, and is another message after it was sent', async () => {
    ends = [undefined, DONE, DONE];
    assert.equal(await send('one'), 'Not sent');
    assert.deepEqual(await drafts(), []);
    assert.equal(await send('one'), undefined);
    assert.equal(await send('one'), undefined);
    assert.equal(new Set(sent).size, 3);
  });

  it('may be said by the twenty who spoke last, and by whoever was chosen before others came', async () => {
    const group = new Outbox(
      { connectionId: 'c1', chat: { chat: 'group', group: 'g' }, user: 'zoe' },
      services,
    );
    /** u10 to u32, each with two messages, the oldest first. */
    const items = [...range(10, 33), ...range(10, 33)].map((number, seq) => spoken(`u${number}`, seq));
    assert.deepEqual(group.senders(items), ['zoe', ...range(13, 33).map((number) => `u${number}`)]);
    assert.deepEqual(
      group.senders([...items, spoken('u15', 99)]),
      group.senders(items),
      'in no other order with each message',
    );
    ends = [DONE, DONE];
    assert.equal((await group.send(line('one', 'u10'), items)).error, undefined);
    // Chosen in an earlier page, which had read more.
    assert.equal((await group.send(line('one', 'u99'), items)).error, undefined);
    assert.equal((await group.send(line('one', ''), items)).error, 'Not sent');
    // Nobody else writes to one user than the other.
    assert.equal((await outbox.send(line('one', 'u10'), [])).error, 'Not sent');
  });

  it('is the same document in the page that comes after a reload of the window', async () => {
    ends = [{ kind: 'unknown', error: LOST }, { kind: 'cancelled' }, DONE];
    await send('one');
    const [document] = await drafts();
    outbox = ofNewPage();
    assert.equal(await send('one'), 'Not sent. It waits among the drafts.');
    assert.deepEqual(await drafts(), [document]);
    outbox = ofNewPage();
    assert.equal(await send('one'), undefined);
    assert.deepEqual(sent, [document, document, document]);
    assert.deepEqual(await drafts(), []);
  });

  it('is sent once more at the second Enter only where its document was sent or discarded elsewhere', async () => {
    const elsewhere = 'It was sent or discarded among the drafts. Enter sends it once more.';
    ends = [{ kind: 'unknown', error: LOST }, DONE, { kind: 'gone' }, DONE];
    await send('one');
    await store.remove(sent[0] ?? '');
    assert.equal(await send('one'), elsewhere);
    assert.equal(sent.length, 1);
    assert.equal(await send('one'), undefined);
    // While it is being sent.
    assert.equal(await send('two'), elsewhere);
    await store.remove(sent[2] ?? '');
    assert.equal(await send('two'), undefined);
    assert.equal(new Set(sent).size, 4);
  });

  it('is not sent as what its draft became', async () => {
    ends = [{ kind: 'unknown', error: LOST }, DONE];
    await send('one');
    const [document = ''] = await drafts();
    const text = (await store.read(document))?.text ?? '';
    await store.write(document, text.replace('one', 'two'));
    assert.equal(await send('one'), 'Not sent. Its draft says something else now: send or discard that.');
    assert.equal(sent.length, 1);
    await store.write(document, text);
    // What it had said meanwhile was sent, and not the line.
    ends = [{ kind: 'earlier', addresses: [], failed: [], revisionId: 'r', kept: true }, DONE];
    assert.equal(await send('one'), 'Not sent. It waits among the drafts.');
    assert.equal(await send('one'), undefined);
  });

  it('is told of to the next page too: while it is sent, afterwards, and that nobody knows of any other', async () => {
    let answer: ((outcome: SendOutcome) => void) | undefined;
    services.send = () => new Promise((resolve) => (answer = resolve));
    const told: string[] = [];
    const one = line('one');
    const tell = async (who: string, what: Promise<{ readonly error?: string }>): Promise<void> => {
      told.push(`${who}: ${(await what).error ?? 'sent'}`);
    };
    const first = tell('first', outbox.send(one, []));
    const next = tell('next', outbox.sent(one.id));
    const end = await eventually(() => answer, 'it being sent');
    assert.deepEqual(told, []);
    end(DONE);
    await Promise.all([first, next]);
    await tell('later', outbox.sent(one.id));
    await tell('other', outbox.sent(one.id + 1));
    assert.deepEqual(told.sort(), [
      'first: sent',
      'later: sent',
      'next: sent',
      'other: Nobody knows whether it was sent.',
    ]);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function spoken(sender: string, seq: number): Entry {
  const message: ChatMessage = {
    address: { chat: 'group', group: 'g', seq },
    ...{
      sender,
      seq,
      random: 1,
      time: 1_760_000_000 + seq,
      flags: 0,
      peerRead: false,
      content: { msgBody: '[]' },
    },
  };
  return { kind: 'message', key: `g ${seq}`, place: seq, sides: new Set(['user']), message };
}
