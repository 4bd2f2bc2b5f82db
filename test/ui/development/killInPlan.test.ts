import assert from 'node:assert/strict';
import type { ChatClient } from '../../../src/chat/client';
import { readFault } from '../../../src/sandbox/http/faults';
import type { RunningSandbox } from '../../../src/sandbox/server';
import { ChatScene, openByKey, textBody } from '../../support/ui/chatScene';
import { eventually } from '../../support/eventually';
import { statesOf } from '../../support/ui/journalStates';
import type { Workbench } from '../../support/ui/workbench';

const MODIFY = 'openim/modify_c2c_msg';
const COUNT = 12;

/** A file of its own, whose storage is empty at first: the plan is made of all drafts, those of other tests included. */
describe('an extension host that is killed in the middle of a plan', function () {
  this.timeout(480_000);

  let scene: ChatScene;
  let sandbox: RunningSandbox;
  let colleague: ChatClient;
  let workbench: Workbench;

  before(async () => {
    scene = await ChatScene.start({ development: true });
    ({ sandbox, colleague, workbench } = scene);
  });

  after(() => scene.stop());

  /** The keys of the messages whose modify with this text was carried out, each as often as it was. */
  function carriedOut(text: string): string[] {
    return sandbox.sandbox.calls
      .list(MODIFY)
      .calls.filter(({ code, request }) => code === 0 && request.includes(text))
      .map(({ request }) => (JSON.parse(request) as { MsgKey: string }).MsgKey)
      .sort();
  }

  it('goes on with the plan, does nothing twice, and takes it back, and that back', async () => {
    const keys: string[] = [];
    for (let index = 0; index < COUNT; index += 1) {
      const sent = { from: 'alice', to: 'bob', msgBody: textBody(`planned ${index}`) };
      keys.push((await colleague.sendMessage(sent)).key);
    }
    await openByKey(workbench, 'alice', keys[0]!);
    const { faults } = sandbox.sandbox;
    // Five are carried out, and the others are under way for ever.
    faults.add(readFault({ command: MODIFY, kind: 'delay', delayMs: 300, times: 5 }).fault);
    faults.add(readFault({ command: MODIFY, kind: 'stall', when: 'before' }).fault);
    const pid = await workbench.inHost<number>(`
      const first = vscode.window.tabGroups.activeTabGroup.activeTab.input.uri;
      for (const key of ${JSON.stringify(keys)}) {
        const uri = first.with({ path: first.path.replace(/[^/]*$/, key + '.chatmsg.json') });
        const document = await vscode.workspace.openTextDocument(uri);
        const edit = new vscode.WorkspaceEdit();
        edit.insert(uri, document.positionAt(document.getText().indexOf('planned')), 'as ');
        await vscode.workspace.applyEdit(edit);
        await document.save();
      }
      void vscode.commands.executeCommand('tencentChat.drafts.modifyAll');
      return process.pid;`);
    await eventually(() => carriedOut('as planned').length === 5, 'five messages to be modified');
    process.kill(pid, 'SIGKILL');
    faults.clear();
    await workbench.reload();
    const { notifications } = workbench;
    await notifications.press(new RegExp(`The plan for ${COUNT} messages of .* did not end`), 'Continue');
    const end = new RegExp(`${COUNT} of ${COUNT} messages were modified`);
    await notifications.waitFor(end);
    const all = [...keys].sort();
    assert.deepEqual(carriedOut('as planned'), all);
    await notifications.press(end, 'Roll Back');
    await eventually(() => carriedOut('"planned').length === COUNT, 'the plan to be taken back');
    assert.deepEqual(carriedOut('"planned'), all);
    const back = new RegExp(`${COUNT} of ${COUNT} messages were taken back`);
    await notifications.press(back, 'Roll Back');
    await eventually(() => carriedOut('as planned').length === 2 * COUNT, 'that to be taken back');
    assert.deepEqual([...new Set(carriedOut('as planned'))], all);
    await notifications.waitFor(back);
    // A try that came to nothing is told of, too.
    for (const key of keys)
      await eventually(async () => {
        const states = (await statesOf(key, workbench)).filter((state) => state !== 'notDone');
        return states.join() === 'done,done,done';
      }, `three modifications of ${key}`);
    await workbench.closeEditors();
    await notifications.clear();
  });
});
