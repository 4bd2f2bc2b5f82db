import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { ChatView, FromPage, State, ToPage } from '../../../src/conversation/pageProtocol';
import type { StringId, Strings } from '../../../src/conversation/pageStrings';
import type { GapRow, MessageRow, RowView } from '../../../src/conversation/rowViews';
import { previewOf } from '../../../src/message/preview';
import { summarize } from '../../../src/message/summary';
import { eventually, PATIENCE_MS } from '../eventually';

/** What these tests need of a page; they do without the types of a browser. */
declare const window: { postMessage(message: unknown, origin: string): void };

/** The built page's folder. */
const built = path.resolve('dist/webview');

/** VS Code's colours, of which a page in a plain browser has none. */
const COLORS = {
  light: {
    '--vscode-foreground': '#3b3b3b',
    '--vscode-descriptionForeground': '#5f5f5f',
    '--vscode-editor-background': '#ffffff',
    '--vscode-editorWidget-background': '#f3f3f3',
    '--vscode-widget-border': '#e5e5e5',
    '--vscode-panel-border': '#e5e5e5',
    '--vscode-focusBorder': '#005fb8',
    '--vscode-badge-background': '#cccccc',
    '--vscode-badge-foreground': '#3b3b3b',
    '--vscode-list-inactiveSelectionBackground': '#e4e6f1',
    '--vscode-button-background': '#005fb8',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-secondaryBackground': '#e5e5e5',
    '--vscode-button-secondaryForeground': '#3b3b3b',
    '--vscode-input-background': '#ffffff',
    '--vscode-input-border': '#cecece',
    '--vscode-textCodeBlock-background': '#f2f2f2',
    '--vscode-editorHoverWidget-background': '#f8f8f8',
    '--vscode-editorHoverWidget-border': '#c8c8c8',
    '--vscode-inputValidation-warningBackground': '#fff8e5',
    '--vscode-inputValidation-warningBorder': '#b89500',
    '--vscode-inputValidation-errorBackground': '#fdecea',
    '--vscode-inputValidation-errorBorder': '#be1100',
  },
  dark: {
    '--vscode-foreground': '#cccccc',
    '--vscode-descriptionForeground': '#9d9d9d',
    '--vscode-editor-background': '#1f1f1f',
    '--vscode-editorWidget-background': '#2b2b2b',
    '--vscode-widget-border': '#3c3c3c',
    '--vscode-panel-border': '#2b2b2b',
    '--vscode-focusBorder': '#0078d4',
    '--vscode-badge-background': '#616161',
    '--vscode-badge-foreground': '#f8f8f8',
    '--vscode-list-inactiveSelectionBackground': '#37373d',
    '--vscode-button-background': '#0078d4',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-secondaryBackground': '#313131',
    '--vscode-button-secondaryForeground': '#cccccc',
    '--vscode-input-background': '#313131',
    '--vscode-input-border': '#3c3c3c',
    '--vscode-textCodeBlock-background': '#2b2b2b',
    '--vscode-editorHoverWidget-background': '#202020',
    '--vscode-editorHoverWidget-border': '#454545',
    '--vscode-inputValidation-warningBackground': '#352a05',
    '--vscode-inputValidation-warningBorder': '#b89500',
    '--vscode-inputValidation-errorBackground': '#5a1d1d',
    '--vscode-inputValidation-errorBorder': '#be1100',
  },
} as const;

/** Texts that a reader tells apart: each by its id, and the few with a value by that too. */
const VALUES: Partial<Record<StringId, string>> = {
  messages: '{0} messages',
  seconds: '{0} s',
  partUnknown: 'Unknown element {0}',
  recalledBy: '{0} recalled a message',
  modified: 'Modified {0}',
  modifiedBefore: 'Before:',
  onlyOn: 'Only {0} has it',
  reply: 'Answers {0}',
  newMessages: '{0} new messages',
  found: '{0} of {1}',
  foundSoFar: '{0} of {1}, so far',
  differences: '{0} differences',
  viewAs: 'As {0} sees it',
  sendAs: 'As {0}',
  selected: '{0} selected',
  toEnd: 'To the Newest',
};

/** A message of alice and bob, or of a group, as the host would hand it to the page. */
export function messageRow(
  number: number,
  msgBody: readonly unknown[],
  options: Partial<MessageRow> & { readonly from?: string } = {},
): MessageRow {
  const { from = number % 3 === 0 ? 'bob' : 'alice', ...more } = options;
  const content = { msgBody: JSON.stringify(msgBody) };
  return {
    kind: 'message',
    key: `m${number}`,
    address: { chat: 'c2c', from, to: from === 'alice' ? 'bob' : 'alice', key: `${number}_1_${number}` },
    sender: from,
    own: from === 'alice',
    time: 1_760_000_000 + number * 60,
    state: 'sent',
    parts: previewOf(content, 'en').parts,
    summary: summarize(content).text,
    marks: { draft: false, conflict: false },
    ...more,
  };
}

/** An element with a text. */
export function text(value: string): unknown {
  return { MsgType: 'TIMTextElem', MsgContent: { Text: value } };
}

/**
 * The extension's side of the page in a plain browser: it holds a list of rows, answers what the page asks of it, and
 * remembers everything the page said.
 */
export class ConversationHost {
  readonly said: FromPage[] = [];
  readonly problems: string[] = [];
  rows: RowView[] = [];
  version = 1;
  /** What is put in the place of a gap when the page comes near it. */
  onFill: (gap: GapRow) => void = () => undefined;
  state: State = { viewed: 'user', follow: false, faces: false, senders: [] };

  private framed = false;

  private constructor(readonly page: Page) {}

  /** Opens the page; nothing is in it before `show`. */
  static async open(
    browser: BrowserContext,
    options: {
      readonly theme?: 'light' | 'dark';
      readonly width?: number;
      readonly height?: number;
      /** What an earlier page kept. */
      readonly kept?: unknown;
      readonly chat?: Partial<ChatView>;
      readonly state?: Partial<State>;
      readonly rows: readonly RowView[];
      /** So many of the last rows stand in the frame; without it all are told when the page asks. */
      readonly framed?: number;
      /** What its clock shows as it begins; it goes on from there, and the test may move it. */
      readonly clock?: Date;
    },
  ): Promise<ConversationHost> {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    if (options.clock) await page.clock.install({ time: options.clock });
    const host = new ConversationHost(page);
    await page.setViewportSize({ width: options.width ?? 700, height: options.height ?? 600 });
    page.on('pageerror', (error) => host.problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') host.problems.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('about:')) host.problems.push(`asked for ${request.url()}`);
    });
    host.rows = [...options.rows];
    host.state = { ...host.state, ...options.state };
    const chat: ChatView = {
      panel: 'p1',
      chat: { chat: 'c2c', user: 'alice', peer: 'bob' },
      title: 'alice ↔ bob',
      connectionId: 'c1',
      connectionName: 'Sandbox',
      readOnly: false,
      environment: 'sandbox',
      environmentLabel: 'Sandbox',
      ...options.chat,
    };
    await page.exposeFunction('toHost', (message: FromPage) => host.receive(message));
    const colors = Object.entries(COLORS[options.theme ?? 'light']);
    const all = Object.fromEntries(
      (Object.keys(VALUES) as StringId[]).concat(plainTexts).map((id) => [id, VALUES[id] ?? id]),
    );
    const { framed } = options;
    host.framed = framed !== undefined;
    const list = framed !== undefined && {
      ...{ version: host.version, count: host.rows.length, rows: host.rows.slice(-framed) },
      people: [{ id: 'alice', nick: 'Alice of the frame' }],
    };
    const init: ToPage = {
      ...{ type: 'init', strings: all as Strings, locale: 'en', chat, state: host.state },
      ...(list && { list }),
    };
    const json = (value: unknown): string => JSON.stringify(value ?? null).replace(/</g, '\\u003c');
    await page.setContent(`<!doctype html><html lang="en"><head><title>t</title><style>
      :root { --vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace;
      ${colors.map(([name, color]) => `${name}: ${color};`).join('')} }</style>
      <style>${readFileSync(path.join(built, 'conversation.css'), 'utf8')}</style></head>
      <body class="vscode-${options.theme ?? 'light'}"><main id="page"></main>
      <script type="application/json" id="first-message">${json(init)}</script>
      <script>
        let kept = ${json(options.kept)} ?? undefined;
        window.acquireVsCodeApi = () => ({
          postMessage: (message) => window.toHost(message), getState: () => kept, setState: (state) => { kept = state; } });
        window.keptByPage = () => kept;
      </script></body></html>`);
    await page.addScriptTag({ content: readFileSync(path.join(built, 'conversation.js'), 'utf8') });
    return host;
  }

  async tell(message: ToPage): Promise<void> {
    await this.page.evaluate((told) => window.postMessage(told, '*'), message);
  }

  /** Puts rows in the place of others, as when messages are read. */
  splice(at: number, removed: number, ...inserted: readonly RowView[]): Promise<void> {
    return this.put({ at, removed, inserted, newer: 0 });
  }

  /** Puts rows before the last ones, or at the end, as when messages come. */
  come(last: number, ...inserted: readonly RowView[]): Promise<void> {
    return this.put({ at: this.rows.length - last, removed: 0, inserted, newer: inserted.length });
  }

  /** Puts rows in the place of others, `newer` of which are newer than all that were there. */
  async put(change: {
    readonly at: number;
    readonly removed: number;
    readonly inserted: readonly RowView[];
    readonly newer: number;
  }): Promise<void> {
    const { at, removed, inserted, newer } = change;
    this.rows.splice(at, removed, ...inserted);
    this.version += 1;
    const { version } = this;
    await this.tell({ type: 'splice', version, at, removed, inserted: inserted.length, newer });
    if (inserted.length <= 200) await this.tell({ type: 'rows', version, at, rows: inserted });
  }

  /** Replaces what a row says. */
  async change(row: RowView): Promise<void> {
    const at = this.rows.findIndex(({ key }) => key === row.key);
    this.rows[at] = row;
    await this.tell({ type: 'rows', version: this.version, at, rows: [row] });
  }

  async setState(state: Partial<State>): Promise<void> {
    this.state = { ...this.state, ...state };
    await this.tell({ type: 'state', state: this.state });
  }

  /** Waits until the page said something of a kind, and hands out the last one of it. */
  heard<T extends FromPage['type']>(
    type: T,
    is: (message: Extract<FromPage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<FromPage, { type: T }>> {
    return eventually(
      () =>
        this.said
          .filter((one): one is Extract<FromPage, { type: T }> => one.type === type)
          .filter(is)
          .at(-1),
      `${type} of the page`,
    );
  }

  private async receive(message: FromPage): Promise<void> {
    this.said.push(message);
    const { version } = this;
    if (message.type === 'ready') {
      if (this.framed && message.saved === undefined) return;
      await this.tell({ type: 'list', version, count: this.rows.length });
    } else if (message.type === 'want' && message.version === version) {
      const rows = this.rows.slice(message.from, message.to);
      await this.tell({ type: 'rows', version, at: message.from, rows });
    } else if (message.type === 'fill') {
      const gap = this.rows.find((row) => row.key === message.gap);
      if (gap?.kind === 'gap') this.onFill(gap);
    }
  }
}

const plainTexts: readonly StringId[] = [
  ...(['conversation', 'toolbar', 'today', 'yesterday', 'recalled', 'expired', 'system'] as const),
  ...(['unreadable', 'draft', 'conflict', 'forwarded', 'cloud', 'customData', 'push', 'showPush'] as const),
  ...(['notPushed', 'older', 'between', 'newer', 'loading', 'retry', 'find', 'findNext'] as const),
  ...(['findPrevious', 'findClose', 'foundNone', 'foundNoneSoFar', 'searching', 'goToDate'] as const),
  ...(['goToMessage', 'compareSides', 'viewBoth', 'follow', 'faces', 'differencesNone'] as const),
  ...(['differencesMore', 'write', 'newMessage', 'send', 'sending', 'close'] as const),
];
