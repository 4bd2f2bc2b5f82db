import assert from 'node:assert/strict';
import { addConnection } from '../support/ui/addConnection';
import { ChatScene } from '../support/ui/chatScene';
import { showFailures } from '../support/ui/workbench';

/** A UserID may be as long as this, and hold all of it. */
const HOSTILE = '[x](command:a.b)$(trash)';

describe('text of others', function () {
  this.timeout(180_000);

  let scene: ChatScene;

  before(async () => {
    scene = await ChatScene.start();
  });
  after(() => scene.stop());

  showFailures(() => scene.workbench);

  it('is no link and no icon in a list and a prompt', async () => {
    const { workbench, sandbox } = scene;
    const name = `Shop ${HOSTILE}`;
    await addConnection(workbench, sandbox, { name, environment: 'Test', told: 'Shop' });
    await workbench.notifications.clear();
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+W');
    await workbench.quickInput.runCommand('Tencent Chat: Add User…');
    const { widget, rows } = workbench.quickInput;
    const row = rows.filter({ hasText: 'Shop' });
    await row.waitFor();
    assert.equal(await widget.locator('.codicon-trash').count(), 0, 'icons of a list');
    await row.click();
    await workbench.quickInput.asks(/UserID of a user of Shop/);
    const below = widget.locator('.quick-input-message');
    assert.equal(await below.locator('a').count(), 0, 'links of a prompt');
    assert.equal(await below.locator('.codicon-trash').count(), 0, 'icons of a prompt');
    await workbench.quickInput.cancel();
  });
});
