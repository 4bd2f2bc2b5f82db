import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { mustRun } from '../../scripts/lib/processes.mjs';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { activatedFiles, bytesOf } from '../support/ui/loadedFiles';
import { Walkthrough } from '../support/ui/walkthrough';
import { startWorkbench, showFailures, type Workbench } from '../support/ui/workbench';
import { installVSCode, newest, oldest } from '../support/vscode-host/install.mjs';

describe('the VSIX', function () {
  this.timeout(360_000);

  let home: string;
  let vsix: string;
  let sandbox: RunningSandbox;
  let workbench: Workbench | undefined;

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'vsix-'));
    sandbox = await startSandbox();
    // Whoever runs all tests makes it beside the others.
    vsix = process.env.TEST_VSIX ?? path.join(home, 'extension.vsix');
    // It fails when the VSIX is over its size, or has what a marketplace refuses.
    if (process.env.TEST_VSIX === undefined)
      await mustRun(process.execPath, ['scripts/package.mjs', '--apart', '--out', vsix]);
  });
  showFailures(() => workbench);
  after(async () => {
    await workbench?.stop();
    await sandbox.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });

  it('holds what an installed extension needs, and nothing else', async () => {
    const files = unzipSync(await readFile(vsix));
    const isRoom = (name: string): boolean => /^extension\/dist\/[\w-]+-[A-Z0-9]{8}\.js$/.test(name);
    assert.deepEqual(
      Object.keys(files)
        .filter((name) => !isRoom(name))
        .sort(),
      contents,
    );
    assert.ok(Object.keys(files).some(isRoom));

    const text = (name: string): string => Buffer.from(files[`extension/${name}`] ?? []).toString('utf8');
    const manifest = JSON.parse(text('package.json')) as Record<string, unknown>;
    assert.equal(manifest.main, './dist/extension.js');
    assert.equal(manifest.devDependencies, undefined);
    assert.match(text('readme.md'), /^# Message Editor for Tencent Cloud Chat/);
    for (const page of ['readme.md', 'changelog.md']) {
      assert.doesNotMatch(text(page), /!\[/, `${page} has no picture, since nobody said where they are`);
      assert.doesNotMatch(text(page), /\]\((?!https:)/, `every link of ${page} leads somewhere`);
    }
  });

  it('installs, and works as it is installed', async () => {
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
      settings: {
        'tencentChat.sandbox.endpoint': sandbox.url,
        'workbench.welcomePage.walkthroughs.openOnInstall': true,
      },
    });
    const walkthrough = new Walkthrough(workbench.page);
    assert.deepEqual(await workbench.editors.list(), []);
    await workbench.openView('Tencent Chat');
    // It opens when the view is first looked at; each step's button does the step.
    assert.deepEqual(await walkthrough.steps(), [
      'Try the sandbox',
      'Open a message',
      'Change it',
      'Modify it on the service',
      'Take it back',
      'Add your app',
    ]);
    await walkthrough.press('Try the sandbox', 'Try the Sandbox');
    await walkthrough.waitUntilDone('Try the sandbox');
    await showsUsers(workbench);

    await workbench.quickInput.runCommand('View: Close All Editors');
    await workbench.editors.tabs.first().waitFor({ state: 'detached' });
    await workbench.reload();
    await workbench.openView('Tencent Chat');
    await showsUsers(workbench);
    assert.deepEqual(await workbench.editors.list(), [], 'it does not open by itself again');
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
      await workbench.quickInput.widget
        .locator('.quick-input-title', { hasText: /^Error Codes of Tencent Cloud Chat$/ })
        .waitFor();

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

/** The sandbox is in the tree, with users below it. */
async function showsUsers(workbench: Workbench): Promise<void> {
  const tree = workbench.tree('Conversations');
  await tree.expand('Sandbox');
  const [first, ...below] = await tree.rows();
  assert.equal(first?.label, 'Sandbox');
  assert.ok(below.length > 0, 'the sandbox has users');
}

/** Everything in the VSIX but the rooms, whose names end with what they hold. */
const contents = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  ...[
    'LICENSE.txt',
    'changelog.md',
    'dist/codes.json',
    'dist/common.js',
    'dist/extension.js',
    'dist/inbox.js',
    'dist/package.json',
    'dist/daily.js',
    'dist/programs.js',
    'dist/rooms.js',
    'dist/sandbox.js',
    'dist/schemas/message.schema.json',
    'dist/schemas/message.schema.zh-cn.json',
    'dist/schemas/rules.schema.json',
    'dist/schemas/rules.schema.zh-cn.json',
    'dist/schemas/webhook.schema.json',
    'dist/schemas/webhook.schema.zh-cn.json',
    'dist/shared.js',
    'dist/webview/conversation.css',
    'dist/webview/conversation.js',
    'dist/webview/editor.css',
    'dist/webview/editor.js',
    'dist/webview/widgets.js',
    'l10n/bundle.l10n.zh-cn.json',
    'l10n/codes.json',
    'l10n/codes.zh-cn.json',
    'media/icon.png',
    'media/icon.svg',
    ...['add', 'change', 'modify', 'open', 'try', 'undo'].map((step) => `media/walkthrough/${step}.svg`),
    'package.json',
    'package.nls.json',
    'package.nls.zh-cn.json',
    'readme.md',
    'syntaxes/language-configuration.json',
    'syntaxes/requests-configuration.json',
    'syntaxes/tencent-chat-message.tmLanguage.json',
    'syntaxes/tencent-chat-messages.tmLanguage.json',
    'syntaxes/tencent-chat-report.tmLanguage.json',
    'syntaxes/tencent-chat-requests.tmLanguage.json',
  ].map((name) => `extension/${name}`),
].sort();

/** The folder in which VS Code has put the extension. */
async function installed(home: string): Promise<string> {
  const extensions = path.join(home, 'extensions');
  const folder = (await readdir(extensions)).find((name) => name.startsWith('tencent-chat-tools.'));
  assert.ok(folder);
  return path.join(extensions, folder);
}
