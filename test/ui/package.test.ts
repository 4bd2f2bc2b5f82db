import assert from 'node:assert/strict';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/lib/processes.mjs';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { activatedFiles, bytesOf } from '../support/ui/loadedFiles';
import { startWorkbench, showFailures, type Workbench } from '../support/ui/workbench';
import { installVSCode, newest, oldest } from '../support/vscode-host/install.mjs';

describe('the VSIX', function () {
  this.timeout(360_000);

  let home: string;
  let sandbox: RunningSandbox;
  let workbench: Workbench | undefined;

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'vsix-'));
    sandbox = await startSandbox();
  });
  showFailures(() => workbench);
  after(async () => {
    await workbench?.stop();
    await sandbox.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  it('keeps to its size, installs, and works as it is installed', async () => {
    const vsix = path.join(home, 'extension.vsix');
    // It fails when the VSIX or the bundle is over its size.
    await mustRun(process.execPath, ['scripts/package.mjs', '--out', vsix]);

    const { node, server } = await installVSCode(newest);
    await mustRun(node, [
      server,
      '--accept-server-license-terms',
      ...['--server-data-dir', path.join(home, 'server')],
      ...['--extensions-dir', path.join(home, 'extensions')],
      ...['--install-extension', vsix],
    ]);

    workbench = await startWorkbench({
      home,
      extension: false,
      settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
    });
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').expand('Sandbox');
    const [first, ...below] = await workbench.tree('Conversations').rows();
    assert.equal(first?.label, 'Sandbox');
    assert.ok(below.length > 0, 'the sandbox has users');
    await workbench.stop();
    workbench = undefined;
  });

  for (const version of [newest, oldest]) {
    it(`loads little to be activated, and the rest when it is needed (${version})`, async () => {
      workbench = await startWorkbench({
        home,
        version,
        extension: false,
        development: true,
        settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
      });
      const eager = await activatedFiles(workbench);
      assert.ok('extension.js' in eager, 'what is counted is what is loaded');
      assert.ok(bytesOf(eager) <= 120 * 1024, `${bytesOf(eager)} bytes: ${Object.keys(eager).join(', ')}`);

      // A room whose file is not there, as while an update replaces it.
      const dist = path.join(await installed(home), 'dist');
      const file = 'rooms.js';
      assert.ok(!(file in eager));
      await rename(path.join(dist, file), path.join(home, file));
      try {
        await workbench.quickInput.runCommand('Tencent Chat: Explain Error Code…');
        await workbench.notifications.waitFor(/could not be loaded: Cannot find module/);
      } finally {
        await rename(path.join(home, file), path.join(dist, file));
      }
      await workbench.notifications.press(/could not be loaded/, 'Try Again');
      assert.equal(await workbench.quickInput.title(), 'Error Codes of Tencent Cloud Chat');

      // Two commands need the same room at once.
      const running = await workbench.inHost(`
        const status = () => vscode.commands.executeCommand('tencentChat.sandbox.status');
        return Promise.all([status(), status()]);
      `);
      assert.deepEqual(running, [sandbox.url, sandbox.url]);
      await workbench.stop();
      workbench = undefined;
    });
  }
});

/** The folder in which VS Code has put the extension. */
async function installed(home: string): Promise<string> {
  const extensions = path.join(home, 'extensions');
  const folder = (await readdir(extensions)).find((name) => name.startsWith('tencent-chat-tools.'));
  assert.ok(folder);
  return path.join(extensions, folder);
}
