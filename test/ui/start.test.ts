import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { freePort, startBackground } from '../../scripts/lib/processes.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { PATIENCE_MS } from '../support/eventually';
import { openView } from '../support/ui/activityBar';
import { Tree } from '../support/ui/tree';

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('npm start', function () {
  this.timeout(360_000);

  let home: string;
  let browser: BrowserContext | undefined;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'start-'));
  });

  afterEach(async () => {
    await browser?.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  it('gives a workbench with a ready sandbox, and leaves nothing behind on Ctrl+C', async () => {
    const port = await freePort();
    const args = [
      'scripts/start.mjs',
      '--no-open',
      '--port',
      String(port),
      '--home',
      path.join(home, 'vscode'),
    ];
    let output = '';
    const start = await startBackground(process.execPath, args, {
      name: 'npm start',
      ready: /^Workbench: (http:\S+)$/m,
      timeoutMs: PATIENCE_MS,
      onOutput: (text) => (output += text),
    });
    try {
      const url = start.match[1] ?? '';
      const sandbox = /^Sandbox: (http:\S+)$/m.exec(output)?.[1] ?? '';
      assert.equal(new URL(url).port, String(port));

      browser = await launchBrowser({ profile: path.join(home, 'profile') });
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(url);
      await openView(page, 'Tencent Chat');
      await new Tree(page, 'Conversations').row('Sandbox');
      await page.reload();
      // VS Code remembers the view that was open only after a while.
      await openView(page, 'Tencent Chat');
      await new Tree(page, 'Conversations').row('Sandbox');

      process.kill(start.pid, 'SIGINT');
      assert.equal(await start.ended, 0);
      assert.deepEqual([await isUp(url), await isUp(sandbox)], [false, false]);
    } finally {
      await start.stop();
    }
  });
});
