import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/lib/root.mjs';
import { ChatClient } from '../../src/chat/client';
import { startSandbox } from '../../src/sandbox/server';
import { MessagePage } from '../support/ui/messagePage';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { median, note, report } from './figures';
import { closePages, openNextItem } from './openNext';

/**
 * From the click on a message to a page whose first editor shows it and takes keys, against the same way to an empty
 * custom editor of the same document and to VS Code's own image preview, and from the key that goes to the next message.
 * Beside them a page that has nothing but two editors of CodeMirror with that text: what a page of ours could reach.
 * In one host, one after the other, timed in the browser's pages: from the button's or key's going down to the frame in
 * which it is painted.
 */
const ROUNDS = 8;

const EMPTY_PAGE = '<!DOCTYPE html><html><body><p id="empty">empty</p></body></html>';

/** A picture of one dot. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Two editors, and nothing else that a message needs. */
const BARE_PAGE = `
  import { defaultKeymap } from '@codemirror/commands';
  import { json } from '@codemirror/lang-json';
  import { drawSelection, EditorView, keymap } from '@codemirror/view';
  for (let each = 0; each < 2; each += 1)
    new EditorView({
      doc: globalThis.TEXT,
      parent: document.body,
      extensions: [json(), drawSelection(), keymap.of(defaultKeymap)],
    });
`;

/** A bare page's script in one text. */
async function bareScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: BARE_PAGE, resolveDir: root },
    ...{ bundle: true, minify: true, write: false, format: 'iife', target: 'es2022' },
  });
  return outputFiles[0]?.text ?? '';
}

/** An empty and a bare custom editor, and an item in the status bar that opens what is next. */
const helpers = (bare: string): string => `
  vscode.window.registerCustomEditorProvider('tests.bare', {
    resolveCustomTextEditor(document, { webview }) {
      webview.options = { enableScripts: true };
      const text = JSON.stringify(document.getText()).replace(/</g, '\\u003c');
      webview.html = '<!DOCTYPE html><html><body><script>TEXT = ' + text + ';' + ${JSON.stringify(bare)} + '</script></body></html>';
    },
  });
  vscode.window.registerCustomEditorProvider('tests.empty', {
    resolveCustomTextEditor(_document, { webview }) {
      webview.options = { enableScripts: true };
      webview.html = ${JSON.stringify(EMPTY_PAGE)};
    },
  });
  ${openNextItem("vscode.commands.executeCommand('vscode.open', globalThis.next)")}
`;

/** In every frame: says when a button or key goes down, and when there is painted what is waited for. */
const clock = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  if (window === top) {
    const press = () => Object.assign(window, { pressed: now(), painted: undefined, whole: undefined });
    addEventListener('pointerdown', press, true);
    addEventListener('keydown', ({ key }) => { if (key === 'ArrowDown') press(); }, true);
    addEventListener('message', ({ data }) => {
      if (data?.painted) window.painted ??= data;
      if (data?.whole) window.whole ??= data;
    });
    return;
  }
  const editors = () => [...document.querySelectorAll('.cm-content[contenteditable="true"]')];
  const says = (editor) => /number/.test(editor.textContent);
  const shown = () =>
    document.querySelector('#empty') ?? document.querySelector('body.image.ready img') ?? editors().some(says);
  const whole = () => editors().length === 2 && editors().every(says);
  const when = (seen, told) => {
    if (!seen()) return setTimeout(() => when(seen, told), 2);
    const there = now();
    requestAnimationFrame(() => setTimeout(() => {
      top.postMessage({ [told]: now(), there, frame: performance.timeOrigin }, '*');
    }));
  };
  when(shown, 'painted');
  when(whole, 'whole');
})()`;

/** Milliseconds from the pressing to each point. */
interface Way {
  /** The page's frame is there. */
  readonly frame: number;
  /** The first editor is in the page. */
  readonly there: number;
  readonly painted: number;
}

async function timed({ page }: Workbench, press: () => Promise<unknown>): Promise<Way> {
  await press();
  const taken = await page.waitForFunction(
    'window.painted && { ...window.painted, pressed: window.pressed }',
    undefined,
    {
      polling: 100,
    },
  );
  const { pressed, ...at } = (await taken.jsonValue()) as Way & { pressed: number };
  const since = (time: number): number => time - pressed;
  return {
    frame: since(at.frame),
    there: since(at.there),
    painted: since(at.painted),
  };
}

async function timeToWhole({ page }: Workbench): Promise<number> {
  const taken = await page.waitForFunction('window.whole && window.whole.whole - window.pressed', undefined, {
    polling: 100,
  });
  return Number(await taken.jsonValue());
}

/** Which editor messages are opened with; our own when it is left out. */
async function useEditor(workbench: Workbench, editor?: 'tests.empty' | 'tests.bare'): Promise<void> {
  const editors = JSON.stringify(editor && { '*.chatmsg.json': editor });
  await workbench.inHost(
    `await vscode.workspace.getConfiguration().update('workbench.editorAssociations', ${editors}, true)`,
  );
}

/** Both editors take what is typed; a draft keeps it, so that nothing asks when they are closed. */
async function typeIntoBoth(workbench: Workbench, page: MessagePage): Promise<void> {
  for (const name of ['MsgBody', 'CloudCustomData'] as const) {
    await page.pane(name).click();
    await workbench.page.keyboard.type('~');
    await page.pane(name).filter({ hasText: '~' }).waitFor();
  }
  await workbench.editors.save();
  await workbench.page.locator('.part.editor .tab.active:not(.dirty)').waitFor();
}

const middle = (ways: readonly Way[], of: keyof Way = 'painted'): number =>
  // The first round warms up.
  median(ways.slice(1).map((way) => way[of]));

const told = (name: string, ways: readonly Way[]): void =>
  console.log(
    `  ${name}: frame ${middle(ways, 'frame').toFixed(0)}, there ${middle(ways, 'there').toFixed(0)}, painted ${middle(ways).toFixed(0)} ms`,
  );

async function measureClicks(workbench: Workbench, names: readonly string[]): Promise<string[]> {
  const tree = workbench.tree('Conversations');
  const page = new MessagePage(workbench);
  const clickOn = async (name: string): Promise<Way> => {
    const row = await tree.row(new RegExp(name));
    return timed(workbench, () => row.click());
  };
  const [messages, editors, bare]: [Way[], Way[], Way[]] = [[], [], []];
  const whole: number[] = [];
  const uris: string[] = [];
  for (const name of names) {
    await useEditor(workbench, 'tests.empty');
    editors.push(await clickOn(name));
    await closePages(workbench);
    await useEditor(workbench, 'tests.bare');
    bare.push(await clickOn(name));
    await closePages(workbench);
    await useEditor(workbench);
    messages.push(await clickOn(name));
    whole.push(await timeToWhole(workbench));
    uris.push(
      await workbench.inHost<string>(
        `return String(vscode.window.tabGroups.activeTabGroup.activeTab.input.uri)`,
      ),
    );
    await typeIntoBoth(workbench, page);
    await closePages(workbench);
  }
  told('empty custom editor', editors);
  told('two editors and nothing else', bare);
  told('message', messages);
  note(
    'two editors and nothing else, against an empty custom editor',
    middle(bare) / middle(editors),
    'times',
  );
  note('all editors of the message', median(whole.slice(1)), 'ms');
  report(
    'click on a message → editable page, against an empty custom editor',
    middle(messages) / middle(editors),
    'times',
    1.25,
  );
  return uris;
}

async function measureImages(workbench: Workbench, uris: readonly string[], home: string): Promise<void> {
  const open = async (uri: string): Promise<Way> => {
    await workbench.inHost(`globalThis.next = vscode.Uri.parse(${JSON.stringify(uri)})`);
    const way = await timed(workbench, () => workbench.statusBar.click('Open next'));
    await closePages(workbench);
    return way;
  };
  const [messages, images]: [Way[], Way[]] = [[], []];
  for (const [index, uri] of uris.entries()) {
    const file = path.join(home, `image${index}.png`);
    await writeFile(file, Buffer.from(PNG, 'base64'));
    images.push(await open(`file://${file}`));
    messages.push(await open(uri));
  }
  told('image preview', images);
  told('message, opened the same way', messages);
  report("the same against VS Code's image preview", middle(messages) / middle(images), 'times', 1);
}

async function measureKeys(workbench: Workbench, names: readonly string[]): Promise<void> {
  const tree = workbench.tree('Conversations');
  const walk = async (): Promise<Way[]> => {
    // Messages of one second stand in the order of their MsgSeq.
    const [top = ''] = (await tree.labels()).flatMap((label) => /number \d+;/.exec(label) ?? []);
    const first = await tree.row(new RegExp(top));
    const ways = [await timed(workbench, () => first.click())];
    while (ways.length < names.length) {
      await workbench.page.waitForTimeout(300);
      ways.push(await timed(workbench, () => workbench.page.keyboard.press('ArrowDown')));
    }
    await closePages(workbench);
    return ways;
  };
  const messages = await walk();
  await useEditor(workbench, 'tests.bare');
  const bare = await walk();
  await useEditor(workbench, 'tests.empty');
  const editors = await walk();
  await useEditor(workbench);
  told('empty custom editor by key', editors);
  told('two editors and nothing else by key', bare);
  note('two editors and nothing else by key', middle(bare) / middle(editors), 'times');
  told('message by key', messages);
  report(
    'the next message by key, against an empty custom editor',
    middle(messages) / middle(editors),
    'times',
    1.15,
  );
}

async function main(): Promise<void> {
  const sandbox = await startSandbox();
  const client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const names = Array.from({ length: ROUNDS + 1 }, (_, index) => `number ${index};`);
  await client.accountImport({ userId: 'erin' });
  for (const name of names) {
    await client.sendMessage({
      from: 'erin',
      to: 'dave',
      msgBody: JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: name } }]),
      cloudCustomData: JSON.stringify(JSON.stringify({ name: 'number' })),
    });
  }
  const workbench = await startWorkbench({
    development: true,
    settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
  });
  try {
    await workbench.page.context().addInitScript(clock);
    await workbench.reload();
    await workbench.openView('Tencent Chat');
    await workbench.tree('Conversations').expand('Sandbox', 'dave', 'erin');
    await workbench.inHost(helpers(await bareScript()));
    const uris = await measureClicks(workbench, names);
    await measureImages(workbench, uris, workbench.home);
    await measureKeys(workbench, names);
  } finally {
    await workbench.stop();
    client.dispose();
    await sandbox.stop();
  }
}

void main();
