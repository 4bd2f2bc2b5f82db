import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { launchBrowser } from '../support/browser.mjs';
import { ChatClient } from '../../src/chat/client';
import { connectionId } from '../../src/connections/connection';
import { startSandbox } from '../../src/sandbox/server';
import { ConversationHost, messageRow, text } from '../support/ui/conversationHost';
import { startWorkbench, type Workbench } from '../support/ui/workbench';
import { judge, median, note, report } from './figures';
import { closePages, openNextItem } from './openNext';

/**
 * The page of a conversation: from the button's going down to the frame in which messages are painted, against an empty
 * webview panel opened the same way in the same host, and against the same messages unfolded in the tree; and what keeps the
 * page longer than 50 ms while 10,000 messages are scrolled through, in a browser without VS Code.
 */
const ROUNDS = 9;
const MESSAGES = 10_000;
/** Messages of each conversation that is unfolded in the tree and opened as a page: what one reading of history brings. */
const LISTED = 100;
/** Pixels a frame: a screen about every frame and a half. */
const STEP = 400;

/** An empty panel, and an item in the status bar that opens what is next. */
const helpers = (place: object): string => `
  const panel = () => {
    const made = vscode.window.createWebviewPanel('tests.empty', 'empty', vscode.ViewColumn.One, { enableScripts: true });
    made.webview.html = '<!DOCTYPE html><html><body><p id="empty">empty</p></body></html>';
  };
  const conversation = () =>
    vscode.commands.executeCommand('tencentChat.conversation.show', ${JSON.stringify(place)});
  ${openNextItem("globalThis.next === 'panel' ? panel() : conversation()")}
`;

/** In every frame: says when the button goes down, and when there is painted what is waited for. */
const clock = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  if (window === top) {
    addEventListener('pointerdown', () => Object.assign(window, { pressed: now(), painted: undefined }), true);
    addEventListener('message', ({ data }) => { if (data?.painted) window.painted ??= data.painted; });
    return;
  }
  const look = () => {
    if (!document.querySelector('#empty, article.message')) return setTimeout(look, 2);
    requestAnimationFrame(() => setTimeout(() => top.postMessage({ painted: now() }, '*')));
  };
  look();
})()`;

/** Opens what is next. @returns milliseconds until it is painted */
async function opened(workbench: Workbench): Promise<number> {
  await workbench.statusBar.click('Open next');
  const taken = await workbench.page.waitForFunction(
    'window.painted && window.painted - window.pressed',
    undefined,
    { polling: 100 },
  );
  return Number(await taken.jsonValue());
}

async function timed(workbench: Workbench, next: 'panel' | 'conversation'): Promise<number> {
  await workbench.inHost(`globalThis.next = '${next}'`);
  const taken = await opened(workbench);
  await closePages(workbench);
  return taken;
}

async function measureOpening(): Promise<void> {
  const sandbox = await startSandbox();
  const client = new ChatClient(sandbox.app, { kind: 'secretKey', secretKey: sandbox.secretKey });
  const workbench = await startWorkbench({
    development: true,
    settings: { 'tencentChat.sandbox.endpoint': sandbox.url },
  });
  try {
    await workbench.page.context().addInitScript(clock);
    await workbench.reload();
    const id = connectionId({ ...sandbox.app, credentialKind: 'sandbox' });
    const chat = { chat: 'c2c', user: 'alice', peer: 'bob' };
    await workbench.inHost(helpers({ connectionId: id, user: 'alice', chat }));
    const [panels, conversations]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      panels.push(await timed(workbench, 'panel'));
      conversations.push(await timed(workbench, 'conversation'));
    }
    // The first round warms up.
    const [panel, conversation] = [median(panels.slice(1)), median(conversations.slice(1))];
    note('empty webview panel', panel, 'ms');
    note('conversation', conversation, 'ms');
    report(
      'a conversation opened → painted, against an empty webview panel',
      conversation / panel,
      'times',
      1.6,
    );
  } finally {
    await workbench.stop();
    client.dispose();
    await sandbox.stop();
  }
}

/** A sandbox's data: alice with `peer0`, `peer1`, …, each with messages of the last minutes. */
function seed(): string {
  const peers = Array.from({ length: ROUNDS }, (_, index) => `peer${index}`);
  const Messages = peers.flatMap((peer) =>
    Array.from({ length: LISTED }, (_, index) => ({
      ...{ From_Account: index % 3 === 0 ? peer : 'alice', To_Account: index % 3 === 0 ? 'alice' : peer },
      ...{ MsgSeq: index, MsgRandom: 7, MsgTimeStamp: index - LISTED },
      MsgBody: [text(`message ${index} of ${peer} ${'word '.repeat(index % 20)}`)],
    })),
  );
  return JSON.stringify({
    Format: 1,
    Accounts: ['alice', ...peers].map((UserID) => ({ UserID })),
    Messages,
  });
}

/** Presses the twistie of a row, and gives the milliseconds until there is painted what is below it. */
async function unfolded(workbench: Workbench, row: Locator, painted: string): Promise<number> {
  await workbench.page.evaluate(
    `void (window.shown = new Promise((done) => {
      addEventListener('pointerdown', () => {
        const pressed = performance.now();
        const look = () => {
          const rows = [...document.querySelectorAll('.part.sidebar .monaco-list-row')];
          if (!rows.some((row) => row.textContent.includes(${JSON.stringify(painted)}))) return setTimeout(look, 2);
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed)));
        };
        look();
      }, { capture: true, once: true });
    }))`,
  );
  await row.locator('.monaco-tl-twistie').click();
  return workbench.page.evaluate<number>('window.shown');
}

async function measureAgainstTree(): Promise<void> {
  const sandbox = await startSandbox({ seed: seed() });
  const workbench = await startWorkbench({
    development: true,
    settings: { 'tencentChat.sandbox.endpoint': sandbox.url, 'workbench.tree.enableStickyScroll': false },
  });
  try {
    await workbench.page.context().addInitScript(clock);
    await workbench.reload();
    const id = connectionId({ ...sandbox.app, credentialKind: 'sandbox' });
    const place = `{ connectionId: ${JSON.stringify(id)}, user: 'alice', chat: { chat: 'c2c', user: 'alice', peer: globalThis.peer } }`;
    await workbench.inHost(
      openNextItem(`vscode.commands.executeCommand('tencentChat.conversation.show', ${place})`),
    );
    await workbench.openView('Tencent Chat');
    const tree = workbench.tree('Conversations');
    await tree.expand('Sandbox', 'alice');
    const [rows, pages]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const peer = `peer${round}`;
      const row = await tree.row(peer, 3);
      rows.push(await unfolded(workbench, row, `message ${LISTED - 1} of ${peer}`));
      // Folded again it leaves room for the next.
      await row.locator('.monaco-tl-twistie').click();
      await workbench.inHost(`globalThis.peer = '${peer}'`);
      pages.push(await opened(workbench));
      await closePages(workbench);
    }
    // The first of each warms up.
    const [inRows, asPage] = [median(rows.slice(1)), median(pages.slice(1))];
    note('a conversation unfolded in the tree', inRows, 'ms');
    note('the same opened as a page', asPage, 'ms');
    note('the page against the tree', asPage / inRows, 'times');
  } finally {
    await workbench.stop();
    await sandbox.stop();
  }
}

async function measureScrolling(): Promise<void> {
  const profile = await mkdtemp(path.join(tmpdir(), 'conversation-bench-'));
  const browser = await launchBrowser({ profile });
  try {
    const rows = Array.from({ length: MESSAGES }, (_, index) =>
      messageRow(index, [text(`message ${index} ${'word '.repeat(index % 40)}`)]),
    );
    const { page } = await ConversationHost.open(browser, { rows });
    await page.locator('article').first().waitFor();
    const { long, longest, frames } = await page.evaluate<{ long: number; longest: number; frames: number }>(
      `(async () => {
        const tasks = [];
        new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' });
        const scroll = document.querySelector('.scroll');
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        let frames = 0;
        for (; scroll.scrollTop > 0 && frames < 20_000; frames += 1) {
          scroll.scrollTop -= ${STEP};
          await frame();
        }
        await new Promise((done) => setTimeout(done, 200));
        return { long: tasks.length, longest: Math.max(0, ...tasks.map(({ duration }) => duration)), frames };
      })()`,
    );
    note('frames in which it was scrolled', frames, '');
    note('the longest of more than 50 ms', longest, 'ms');
    judge(
      long === 0,
      `scrolling through ${MESSAGES} messages: ${long} frames kept for more than 50 ms, budget 0`,
    );
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  await measureScrolling();
  await measureOpening();
  await measureAgainstTree();
}

void main();
