import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChatClient } from '../../../src/chat/client';
import { readFault } from '../../../src/sandbox/http/faults';
import type { RunningSandbox } from '../../../src/sandbox/server';
import { ChatScene, openByKey, textBody } from '../../support/ui/chatScene';
import { eventually } from '../../support/eventually';
import { statesOf } from '../../support/ui/journalStates';
import { MessagePage } from '../../support/ui/messagePage';
import type { Workbench } from '../../support/ui/workbench';

const MODIFY = 'openim/modify_c2c_msg';
const READ = 'openim/admin_getroammsg';

interface KillCase {
  readonly name: string;
  /** What keeps the modify at the step while it is killed. */
  readonly fault: object;
  /** The call that has come in when it is time. */
  readonly until: string;
  /** A fault that is set once that call came in, and the call of which is then waited for. */
  readonly then?: object;
  readonly onService: 'old' | 'new';
  /** State of the revision before the kill and after the next start; undefined where there is none. */
  readonly journal: readonly [before: string | undefined, after: string | undefined];
}

const cases: readonly KillCase[] = [
  {
    name: 'while comparing',
    fault: { command: READ, kind: 'stall', times: 1 },
    until: READ,
    onService: 'old',
    journal: [undefined, undefined],
  },
  {
    name: 'while sending, before the service did anything',
    fault: { command: MODIFY, kind: 'stall', when: 'before', times: 1 },
    until: MODIFY,
    onService: 'old',
    journal: ['pending', 'notDone'],
  },
  {
    name: 'while sending, after the service did it',
    fault: { command: MODIFY, kind: 'stall', when: 'after', times: 1 },
    until: MODIFY,
    onService: 'new',
    journal: ['pending', 'done'],
  },
  {
    name: 'while waiting to try again',
    fault: { command: MODIFY, kind: 'code', code: 20004, delayMs: 1_000, times: 1 },
    until: MODIFY,
    then: { command: READ, kind: 'stall', times: 1 },
    onService: 'old',
    journal: ['pending', 'notDone'],
  },
  {
    name: 'while reading back',
    fault: { command: MODIFY, kind: 'delay', delayMs: 1_000, times: 1 },
    until: MODIFY,
    then: { command: READ, kind: 'stall', times: 1 },
    onService: 'new',
    journal: ['done', 'done'],
  },
];

describe('an extension host that is killed in the middle of a modify', function () {
  this.timeout(360_000);

  let scene: ChatScene;
  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start({ development: true });
    ({ sandbox, colleague, workbench } = scene);
  });

  after(() => scene.stop());

  afterEach(() => sandbox.sandbox.faults.clear());

  const states = (key: string) => statesOf(key, workbench);

  for (const { name, fault, until, then, onService, journal } of cases) {
    it(`is settled at the next start: ${name}`, async () => {
      const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('old') });
      const page = await openByKey(workbench, 'alice', key);
      await page.shows('"old"');
      await page.caretBehind('"old');
      await workbench.page.keyboard.type('er');
      await workbench.editors.save();
      await workbench.editors.waitForDirty(/alice/, false);
      const pid = await workbench.inHost<number>('return process.pid;');
      sandbox.sandbox.faults.add(readFault(fault).fault);
      const before = sandbox.sandbox.faults.list().length;
      await page.press('Modify');
      // The fault is used up when the call has come in, and its answer never comes.
      await eventually(() => sandbox.sandbox.faults.list().length < before, `a call of ${until}`);
      if (then) {
        sandbox.sandbox.faults.add(readFault(then).fault);
        await eventually(() => sandbox.sandbox.faults.list().length < before, 'the call after it');
      }
      const left = JSON.stringify(journal[0] === undefined ? [] : [journal[0]]);
      await eventually(async () => JSON.stringify(await states(key)) === left, `the journal with ${left}`);
      process.kill(pid, 'SIGKILL');
      await workbench.reload();
      await (await new MessagePage(workbench).ready()).shows('"older"');
      const settled = JSON.stringify(journal[1] === undefined ? [] : [journal[1]]);
      await eventually(
        async () => JSON.stringify(await states(key)) === settled,
        `the journal to be ${settled}`,
      );
      const found = await colleague.findMessage({ chat: 'c2c', from: 'alice', to: 'bob', key });
      assert.match(found?.message.content.msgBody ?? '', onService === 'new' ? /"older"/ : /"old"/);
      await workbench.closeEditors();
      await workbench.notifications.clear();
    });
  }

  it('leaves a whole draft, whenever it dies while drafts are written', async () => {
    await workbench.setSettings({
      'tencentChat.sandbox.endpoint': sandbox.url,
      'files.autoSave': 'afterDelay',
      'files.autoSaveDelay': 30,
    });
    const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: textBody('old') });
    await openByKey(workbench, 'alice', key);
    for (const moment of ['while it is typed', 'once something of it is on the disk'] as const) {
      const page = await new MessagePage(workbench).ready();
      await page.shows('"old');
      const pid = await workbench.inHost<number>('return process.pid;');
      await page.caretBehind('"old');
      const [before] = await draftsOf(key);
      const typing = workbench.page.keyboard.type('ab cd ef gh ij kl mn op qr st', { delay: 110 });
      if (moment === 'while it is typed') await workbench.page.waitForTimeout(1_200);
      else await eventually(async () => (await draftsOf(key)).some((text) => text !== before), 'a draft');
      process.kill(pid, 'SIGKILL');
      await typing;
      const drafts = await draftsOf(key);
      assert.ok(drafts.length <= 1);
      for (const text of drafts) assert.match(text, /"Text": "old[a-z ]*"/);
      await workbench.reload();
    }
    assert.equal((await draftsOf(key)).length, 1);
  });

  /** Draft texts of a message on the disk; throws when a file is no whole JSON. */
  async function draftsOf(key: string): Promise<string[]> {
    const folder = path.join(workbench.storage, 'messages');
    const files = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
    const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
    return texts
      .map((text) => JSON.parse(text) as { key: string; draft: string | null })
      .filter((state) => state.key === key)
      .flatMap(({ draft }) => draft ?? []);
  }
});
