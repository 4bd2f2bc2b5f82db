import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChatClient } from '../../src/chat/client';
import { connectionId } from '../../src/connections/connection';
import { c2cAddress } from '../../src/chat/address';
import { Journal } from '../../src/journal/journal';
import type { Revision, RevisionEntry } from '../../src/journal/revision';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { showFailures, startWorkbench, storageIn, type Workbench } from '../support/ui/workbench';

const DAY_MS = 24 * 60 * 60 * 1000;
const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

describe('a journal that an earlier window left', function () {
  this.timeout(360_000);

  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let home: string;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox();
    colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    home = await mkdtemp(path.join(tmpdir(), 'tencent-chat-journal-'));
    await finished(360);
    await finished(340);
    await begun('alice', 'after');
    await begun('carol', 'before');
    await begun('dave', 'by a colleague');
    const torn = await finished(1);
    const file = path.join(folder(), torn.connection.id, `${torn.id}.json`);
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40));
    workbench = await startWorkbench({
      home,
      settings: { 'tencentChat.sandbox.endpoint': sandbox.url, 'tencentChat.journal.keepDays': 350 },
    });
    await workbench.openView('Tencent Chat');
  });

  after(async () => {
    await workbench.stop();
    colleague.dispose();
    await sandbox.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  showFailures(() => workbench);

  const folder = (): string => path.join(storageIn(home), 'journal');

  async function entry(from: string, now: string): Promise<RevisionEntry> {
    const { url: endpoint, app } = sandbox;
    await colleague.accountImport({ userId: from });
    const { key } = await colleague.sendMessage({ from, to: 'bob', msgBody: body(now) });
    const connection = {
      name: 'Sandbox',
      endpoint,
      sdkAppId: app.sdkAppId,
      administrator: app.administrator,
      environment: 'sandbox' as const,
    };
    return {
      action: 'modify',
      connection: { id: connectionId({ ...connection, credentialKind: 'sandbox' }), ...connection },
      address: c2cAddress(from, 'bob', key),
      before: { msgBody: body('before') },
      intent: { msgBody: body('after') },
    };
  }

  /** A modification that a window began, and of which nobody knows the end; the message shows `now`. */
  async function begun(from: string, now: string): Promise<Revision> {
    await mkdir(folder(), { recursive: true });
    return new Journal(folder()).begin(await entry(from, now));
  }

  /** A modification that was done so many days ago. */
  async function finished(days: number): Promise<Revision> {
    await mkdir(folder(), { recursive: true });
    const journal = new Journal(folder(), { now: () => Date.now() - days * DAY_MS });
    return journal.settle(await journal.begin(await entry(`before-${days}-days`, 'after')), {
      state: 'done',
    });
  }

  const kept = async (): Promise<{ from: string; outcome: Revision['outcome'] }[]> =>
    (await new Journal(folder()).list()).flatMap(({ address, outcome }) =>
      address.chat === 'c2c' ? [{ from: address.from, outcome }] : [],
    );

  it('tells of a damaged file, and shows all others', async () => {
    await workbench.quickInput.runCommand('Tencent Chat: Show History of All Messages');
    await workbench.notifications.waitFor(/A damaged file of the journal was set aside/);
    await workbench.tree('History').row('alice → bob');
    await workbench.tree('History').row('before-340-days → bob');
  });

  it('is settled by what the messages show, and told in one notice', async () => {
    const told = await workbench.notifications.waitFor(/Modifications whose end was not known/);
    for (const end of [
      /alice → bob, [^.]* was modified\./,
      /carol → bob, [^.]* was not modified\./,
      /dave → bob, [^.]* was changed by somebody else\./,
    ]) {
      assert.match(told, end);
    }
    assert.equal(
      (await workbench.notifications.texts()).filter((text) => text.includes('not known')).length,
      1,
    );
    const states = new Map((await kept()).map(({ from, outcome }) => [from, outcome.state]));
    assert.equal(states.get('alice'), 'done');
    assert.equal(states.get('carol'), 'notDone');
    assert.equal(states.get('dave'), 'foreign');
  });

  it('keeps the last thousand, also what is older than the setting says', async () => {
    for (const from of ['before-360-days', 'before-340-days'])
      assert.ok(
        (await kept()).some((revision) => revision.from === from),
        from,
      );
  });

  it('is not told of a second time', async () => {
    await begun('erin', 'after');
    await workbench.reload();
    await workbench.openView('Tencent Chat');
    const told = await workbench.notifications.waitFor(/Modifications whose end was not known/);
    assert.match(told, /erin → bob, [^.]* was modified/);
    assert.doesNotMatch(told, /alice|carol|dave/);
  });

  it('is exported as JSON Lines, oldest first', async () => {
    const file = path.join(home, 'export.jsonl');
    await workbench.quickInput.runCommand('Tencent Chat: Export Journal…');
    await workbench.quickInput.saveAs(file);
    // It is whole when that is told.
    const told = await workbench.notifications.waitFor(/6 modifications were exported to/);
    assert.ok(told.includes(file));
    const text = await readFile(file, 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Pick<Revision, 'before' | 'outcome'> & { from: string });
    assert.deepEqual(
      lines.map(({ from, outcome }) => [from, outcome.state]),
      [
        ['before-360-days', 'done'],
        ['before-340-days', 'done'],
        ['alice', 'done'],
        ['carol', 'notDone'],
        ['dave', 'foreign'],
        ['erin', 'done'],
      ],
    );
    assert.deepEqual(lines[1]?.before, {
      MsgBody: JSON.parse(body('before')) as unknown,
      exact: { MsgBody: body('before') },
    });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.ok(!text.includes(sandbox.secretKey));
  });
});
