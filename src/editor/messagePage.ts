import { isDeepStrictEqual } from 'node:util';
import { copiedKey } from '../ui/addressTexts';
import * as vscode from 'vscode';
import { runCommand } from '../contributions/runCommand';
import { commands } from '../contributions/commands';
import type { Answer, FromPage, Question, ToPage } from '../protocol';
import { fromPage } from '../protocolGuards';
import type { DocumentSession } from './documentSession';
import type { SessionPage } from './pageFlushes';
import type { EmbeddedDocuments } from './embeddedDocuments';
import type { MessageFactsSource } from './pageFacts';
import { factsMessage, firstMessages, type FirstMessages, type Remembered } from './firstPaint';
import type { Language } from './language';
import { PageLook } from './pageLook';
import { becomeMessage } from './pastedText';
import { Problems } from './problems';
import type { ThemeColors } from './themeColors';
import { toolbarCommands } from './toolbar';
import { titlePanel } from '../ui/titles';

/** How long diagnostics may keep changing before the page hears of them. */
const PROBLEMS_REST_MS = 60;

export interface PageServices {
  readonly facts: MessageFactsSource;
  readonly language: Language;
  readonly colors: ThemeColors;
  readonly embedded: EmbeddedDocuments;
  readonly log: PageLog;
  /** What the last page looked like, for the next one. */
  readonly remembered: Remembered;
  remember(look: Partial<Remembered>): void;
}

/** Where the editor says what went wrong. */
export interface PageLog {
  warn(message: string): void;
  error(message: string): void;
}

/**
 * One webview panel that shows a session's document. What the page shows first lies in its frame; nothing is sent
 * before it says `ready`.
 */
export class MessagePage implements SessionPage, vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private readonly problems: Problems;
  private problemsTimer: NodeJS.Timeout | undefined;
  private framed: FirstMessages | undefined;
  private readonly look: PageLook;
  private isReady = false;
  private hidden: number | undefined;
  private disposed = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly session: DocumentSession,
    private readonly services: PageServices,
  ) {
    this.problems = new Problems(session, services.embedded);
    this.look = new PageLook(
      session.document,
      services.colors,
      (message) => this.post(message),
      (error) => services.log.error(`The editor has no colors: ${String(error)}`),
    );
    const { uri } = session.document;
    this.disposables.push(
      vscode.Disposable.from(this.look),
      session.attach(this),
      panel.onDidChangeViewState(() => {
        this.hidden = panel.visible ? undefined : (this.hidden ?? Date.now());
      }),
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      session.onDidChange(() => {
        this.postFacts();
        this.scheduleProblems();
      }),
      services.facts.onDidChangeFacts((changed) => {
        if (!changed || changed.toString() === uri.toString()) this.postFacts();
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved === session.document) this.postFacts();
      }),
      vscode.languages.onDidChangeDiagnostics((event) => {
        const ours = event.uris.some(
          (changed) => changed.toString() === uri.toString() || services.embedded.isOf(uri, changed),
        );
        if (ours) this.scheduleProblems();
      }),
    );
    this.updateTitle();
  }

  get ready(): boolean {
    return this.isReady && !this.disposed;
  }

  get hiddenSince(): number | undefined {
    return this.hidden;
  }

  /** The messages for the page's frame. */
  frame(): FirstMessages {
    this.framed = this.first();
    return this.framed;
  }

  post(message: ToPage): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.problemsTimer);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private receive(raw: unknown): void {
    const message = fromPage(raw);
    if (!message) {
      this.services.log.warn('The editor page sent something that is no message.');
      return;
    }
    this.handle(message).catch((error: unknown) => {
      this.services.log.error(`The editor could not carry out "${message.type}": ${String(error)}`);
    });
  }

  private async handle(message: FromPage): Promise<void> {
    const { session } = this;
    switch (message.type) {
      case 'ready': {
        this.greet(message.shown);
        return;
      }
      case 'edit':
        return session.push(this, message.pane, message.push, message.base, message.changes);
      case 'pasted':
        return becomeMessage(session, this, message.pane, message.text);
      case 'flushed': {
        session.flushed(message.id);
        return;
      }
      case 'resync':
        this.services.log.warn(`The editor page was out of step in ${message.pane}.`);
        {
          session.resend(this, message.pane);
          return;
        }
      case 'undo':
      case 'redo':
        // Only of this document: by now another editor may be the active one.
        return session.step(this, message.type, async () => {
          if (this.panel.active) await vscode.commands.executeCommand(message.type);
        });
      case 'format':
        return this.format(message.pane);
      case 'addMember':
        await session.edit(this, () => session.pane(message.pane)?.create() ?? []);
        return;
      case 'command':
        return this.command(message.command);
      case 'fix':
        return this.fix(message.id);
      case 'copyKey':
        return this.copyKey();
      case 'option':
        await this.session.flush();
        await runCommand(commands.unsentOptions, { uri: this.session.document.uri, name: message.name });
        return;
      case 'openLink':
        return this.openLink(message.link);
      case 'split': {
        this.services.remember({ split: message.split });
        return;
      }
      case 'showPreview': {
        this.services.remember({ showPreview: message.show });
        return;
      }
      case 'toggleWrap': {
        this.look.toggleWrap();
        return;
      }
      case 'theme':
        return this.look.themed(message.id);
      case 'failed': {
        this.services.log.error(`Editor page: ${message.message}`);
        return;
      }
      case 'openString':
        await session.idle();
        {
          session.openString(message.pane, message.offset);
          return;
        }
      case 'closeString':
        await session.idle();
        {
          session.closeString(message.pane);
          return;
        }
      case 'ask':
        return this.answer(message.id, message.question);
    }
  }

  /** A page that shows what its frame held hears what has changed since; another one hears everything. */
  private greet(shown: boolean): void {
    this.isReady = true;
    this.session.began(this);
    if (shown && this.framed) {
      const [{ settings }, { panes }, facts] = this.framed;
      const [init, , factsNow] = this.first();
      if (!isDeepStrictEqual(init.settings, settings)) this.look.postSettings();
      this.session.catchUp(this, panes);
      if (!isDeepStrictEqual(factsNow, facts)) this.post(factsNow);
    } else {
      for (const message of this.first()) this.post(message);
    }
    this.scheduleProblems();
  }

  private first(): FirstMessages {
    const { session, services } = this;
    const facts = services.facts.facts(session.document.uri);
    return firstMessages(session, facts, this.look.settings(), services.remembered);
  }

  private async command(command: string): Promise<void> {
    if (!toolbarCommands.has(command)) return;
    await this.session.flush();
    await vscode.commands.executeCommand(command, this.session.document.uri);
  }

  /** What is typed while its command asks somebody goes on into the document. */
  private async fix(id: string): Promise<void> {
    const { session } = this;
    await session.flush();
    const command = await session.run(this, () => this.problems.fix(id));
    if (command)
      await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
  }

  private async format(pane: string): Promise<void> {
    const { session } = this;
    await session.idle();
    const { tabSize, insertSpaces } = this.look.settings();
    const version = session.document.version;
    const format = await this.services.language.format(session, pane, { tabSize, insertSpaces });
    if (!format) return;
    if ('changes' in format) await session.changePane(this, pane, format.version, format.changes);
    else await session.edit(this, () => (session.document.version === version ? format.edits : []));
  }

  private async copyKey(): Promise<void> {
    const facts = this.services.facts.facts(this.session.document.uri);
    if (!facts) return;
    const text = 'unsent' in facts ? facts.unsent.call : copiedKey(facts.address);
    await vscode.env.clipboard.writeText(text);
  }

  private async openLink(link: string): Promise<void> {
    const uri = vscode.Uri.parse(link);
    if (uri.scheme === 'https') await vscode.env.openExternal(uri);
  }

  private async answer(id: number, question: Question): Promise<void> {
    let value: Answer | undefined;
    try {
      await this.session.idle();
      value = await this.ask(question);
    } finally {
      this.post({ type: 'answer', id, ...(value ? { value } : {}) });
    }
  }

  private async ask(question: Question): Promise<Answer | undefined> {
    switch (question.kind) {
      case 'complete': {
        const completions = await this.services.language.completions(this.session, question);
        return completions && { kind: 'completions', ...completions };
      }
      case 'hover': {
        const hover = await this.services.language.hover(this.session, question);
        return hover && { kind: 'hover', hover };
      }
    }
  }

  private postFacts(): void {
    if (this.disposed) return;
    const facts = this.services.facts.facts(this.session.document.uri);
    this.updateTitle(facts);
    this.post(factsMessage(this.session, facts));
  }

  private updateTitle(facts = this.services.facts.facts(this.session.document.uri)): void {
    if (facts && !this.disposed) titlePanel(this.panel, facts.title);
  }

  private scheduleProblems(): void {
    clearTimeout(this.problemsTimer);
    this.problemsTimer = setTimeout(() => {
      this.postProblems().catch((error: unknown) => {
        this.services.log.error(`The editor could not read the problems: ${String(error)}`);
      });
    }, PROBLEMS_REST_MS);
  }

  private async postProblems(): Promise<void> {
    const { document } = this.session;
    const strings = this.session.panes().filter((view) => view.embedded && view.kind === 'json');
    await Promise.all(
      strings.map((view) => this.services.embedded.mirror(document.uri, view.path, view.text)),
    );
    const problems = await this.problems.read();
    if (problems) this.post({ type: 'problems', problems });
  }
}
