import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/lib/processes.mjs';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { startWorkbench, showFailures, type Workbench } from '../support/ui/workbench';
import { installVSCode, newest } from '../support/vscode-host/install.mjs';

describe('the VSIX', function () {
  this.timeout(120_000);

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
  });
});
