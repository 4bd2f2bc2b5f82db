import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ChatClient } from '../../src/chat/client';
import { readFault } from '../../src/sandbox/door/faults';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { eventually } from '../support/eventually';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';

const MODIFY = 'openim/modify_c2c_msg';
const READ = 'openim/admin_getroammsg';

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

interface KillCase {
  readonly name: string;
  /** What keeps the modify at the step while it is killed. */
  readonly fault: object;
  /** The call that has come in when it is time. */
  readonly until: string;
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
];

describe('an extension host that is killed in the middle of a modify', function () {
  this.timeout(240_000);

  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox();
    colleague = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
    workbench = await startWorkbench({
      development: true,
      settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
    });
  });

  after(async () => {
    await workbench.stop();
    colleague.dispose();
    await sandbox.stop();
  });

  afterEach(() => sandbox.sandbox.faults.clear());

  async function states(key: string): Promise<(string | undefined)[]> {
    const files = (await readdir(workbench.home, { recursive: true, withFileTypes: true })).filter(
      (file) =>
        file.isFile() &&
        file.parentPath.includes(`${path.sep}journal${path.sep}`) &&
        file.name.endsWith('.json'),
    );
    const texts = await Promise.all(
      files.map((file) => readFile(path.join(file.parentPath, file.name), 'utf8')),
    );
    return texts
      .map((text) => JSON.parse(text) as { key: string; outcome: { state: string } })
      .filter((revision) => revision.key === key)
      .map(({ outcome }) => outcome.state);
  }

  for (const { name, fault, until, onService, journal } of cases) {
    it(`is settled at the next start: ${name}`, async () => {
      const { key } = await colleague.sendMessage({ from: 'alice', to: 'bob', msgBody: body('old') });
      await workbench.quickInput.runCommand('Tencent Chat: Open Message by Key…');
      await workbench.quickInput.enter(
        JSON.stringify({ From_Account: 'alice', To_Account: 'bob', MsgKey: key }),
      );
      const page = await new MessagePage(workbench).ready();
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
      assert.deepEqual(await states(key), journal[0] === undefined ? [] : [journal[0]]);
      process.kill(pid, 'SIGKILL');
      await workbench.reload();
      await (await new MessagePage(workbench).ready()).shows('"older"');
      if (journal[1] !== undefined) {
        await eventually(
          async () => (await states(key))[0] === journal[1],
          `the revision to be ${journal[1]}`,
        );
      }
      assert.deepEqual(await states(key), journal[1] === undefined ? [] : [journal[1]]);
      const found = await colleague.findMessage({ from: 'alice', to: 'bob', key });
      assert.match(found?.message.content.msgBody ?? '', onService === 'new' ? /"older"/ : /"old"/);
      await workbench.quickInput.runCommand('View: Close All Editors');
      await workbench.notifications.clear();
    });
  }
});
