import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFilm } from '../../../scripts/lib/film.mjs';
import { root } from '../../../scripts/lib/root.mjs';
import { ChatClient } from '../../../src/chat/client';
import { startSandbox } from '../../../src/sandbox/server';
import { film } from './film';
import { MessagePage } from './messagePage';
import { startWorkbench } from './workbench';

const order = '{"order":{"id":90071992547409931,"state":"shipped","items":3},"note":"Thank you 🙏"}';
const body = [
  { MsgType: 'TIMTextElem', MsgContent: { Text: 'Your order is on its way 🚚' } },
  {
    MsgType: 'TIMCustomElem',
    MsgContent: { Data: order, Desc: 'order', Ext: '{"v":2}', Sound: 'ding.mp3' },
  },
];
const custom = { trace: 'a1b2c3', campaign: { name: 'autumn', step: 2 } };

/**
 * Makes the README's pictures, `media/screenshot.png` and the moving `media/change.png`, and to look at
 * `out/screenshots/<theme>.png`: the tree with a message of the sandbox open, in the four kinds of theme, wide and narrow.
 */
export async function takeScreenshots(): Promise<void> {
  const sandbox = await startSandbox();
  const client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const workbench = await startWorkbench({
    viewport: { width: 1280, height: 760 },
    settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
  });
  try {
    await client.sendMessage({
      from: 'support-bot',
      to: 'alice',
      msgBody: JSON.stringify(body),
      cloudCustomData: JSON.stringify(JSON.stringify(custom)),
    });
    await workbench.openView('Tencent Chat');
    const tree = workbench.tree('Conversations');
    await tree.expand('Sandbox', 'alice', 'support-bot');
    await tree.click(/order is on its way/);
    await new MessagePage(workbench).shows('order is on its way');
    for (const theme of ['light', 'dark', 'hcLight', 'hcDark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(theme);
    }
    await workbench.page.setViewportSize({ width: 760, height: 760 });
    await workbench.screenshot('narrow');
    await workbench.setTheme('light');
    await workbench.page.setViewportSize({ width: 1100, height: 620 });
    const shots = await film(workbench, 'order is on its way');
    await writeFile(path.join(root, 'media/change.png'), await makeFilm(shots));
  } catch (error) {
    console.log(await workbench.screenshot('failed'));
    throw error;
  } finally {
    await workbench.stop();
    client.dispose();
    await sandbox.stop();
  }
  await mkdir(path.join(root, 'media'), { recursive: true });
  await copyFile(path.join(root, 'out/screenshots/light.png'), path.join(root, 'media/screenshot.png'));
}
