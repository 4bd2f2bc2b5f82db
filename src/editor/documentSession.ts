import * as vscode from 'vscode';
import type { TextChange } from '../json/textChange';
import type { PaneId, PaneSnapshot } from '../protocol';
import { applyEdits, type TextEdit } from '../json/text';
import { withLineFeeds } from '../json/projections/projection';
import { editsOf, type ApplyEdit } from './documentEdits';
import { LayoutHistory } from './layouts';
import { LineIndex } from './lineIndex';
import { limited, PageFlushes, SAVE_MS, type SessionPage } from './pageFlushes';
import { PaneState, type Step } from './paneState';
import type { DocumentPane, DocumentPanes } from './panes';

/** A push of a page, which waits for an answer. */
interface Pushed {
  readonly page: SessionPage;
  readonly push: number;
}

interface Pending {
  /** Absent for a change that no page has made yet. */
  readonly pushed?: Pushed | undefined;
  readonly pane: PaneId;
  readonly changes: readonly TextChange[];
  /** The pane's and the document's text once it is applied. */
  readonly paneText: string;
  readonly documentText: string;
  readonly edits: readonly TextEdit[];
  taken: boolean;
}

const ATTEMPTS = 8;

/**
 * One document, shown by any number of pages. Everything that changes it goes through one queue, since VS Code refuses
 * an edit while another is under way; everything it becomes, whoever did it, is told to every page in one order.
 */
export class DocumentSession implements vscode.Disposable {
  private readonly pages = new Set<SessionPage>();
  private readonly documentPanes: DocumentPanes;
  private readonly states = new Map<PaneId, PaneState>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private readonly flushes = new PageFlushes();
  private readonly layouts = new LayoutHistory();
  private queue: Promise<unknown> = Promise.resolve();
  private pending: Pending | undefined;
  private revealing: SessionPage | undefined;
  private index: LineIndex;
  private shape = '';

  /** The document's text or the panes' shape changed. */
  readonly onDidChange = this.changed.event;
  readonly onDidDispose = this.disposed.event;

  constructor(
    readonly document: vscode.TextDocument,
    makePanes: (text: string) => DocumentPanes,
    private readonly applyEdit: ApplyEdit,
  ) {
    this.index = new LineIndex(withLineFeeds(document.getText()));
    this.documentPanes = makePanes(this.index.text);
    for (const view of this.documentPanes.panes()) this.states.set(view.id, new PaneState(view.text));
    this.shape = shapeOf(this.documentPanes.panes());
    this.subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) this.follow(event);
    });
  }

  /** The document's text with "\n" line ends. */
  get text(): string {
    return this.index.text;
  }

  get empty(): boolean {
    return this.pages.size === 0;
  }

  attach(page: SessionPage): vscode.Disposable {
    this.pages.add(page);
    return new vscode.Disposable(() => this.pages.delete(page));
  }

  snapshots(): PaneSnapshot[] {
    return this.documentPanes.panes().map((view) => this.snapshot(view));
  }

  pane(id: PaneId): DocumentPane | undefined {
    return this.documentPanes.panes().find((view) => view.id === id);
  }

  /** The version of the pane's text; undefined when there is no such pane. */
  version(id: PaneId): number | undefined {
    return this.states.get(id)?.version;
  }

  panes(): readonly DocumentPane[] {
    return this.documentPanes.panes();
  }

  position(offset: number): vscode.Position {
    const { line, character } = this.index.position(offset);
    return new vscode.Position(line, character);
  }

  range(offset: number, length: number): vscode.Range {
    return new vscode.Range(this.position(offset), this.position(offset + length));
  }

  offset(position: vscode.Position): number {
    return this.index.offset(position.line, position.character);
  }

  /** Puts a page's push into the queue; the page hears `accepted` or `stale`. */
  push(
    page: SessionPage,
    pane: PaneId,
    push: number,
    base: number,
    changes: readonly TextChange[],
  ): Promise<void> {
    return this.enqueue(async () => {
      if (!(await this.carryOut(pane, base, changes, { page, push })))
        page.post({ type: 'stale', pane, push });
    });
  }

  /**
   * Changes a pane's text as if typed, in one undo step, and shows it at `page`'s caret. False when the pane has no such
   * version any more.
   */
  changePane(
    page: SessionPage,
    pane: PaneId,
    version: number,
    changes: readonly TextChange[],
  ): Promise<boolean> {
    return this.enqueue(async () => {
      this.revealing = page;
      const done = await this.carryOut(pane, version, changes);
      this.revealing = undefined;
      return done;
    });
  }

  /** Changes the document in one undo step; what it becomes is shown at `page`'s caret. False when it did not work. */
  edit(page: SessionPage | undefined, edits: (text: string) => readonly TextEdit[]): Promise<boolean> {
    return this.enqueue(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const wanted = edits(this.text);
        if (wanted.length === 0) return true;
        this.revealing = page;
        const done = await this.apply(wanted);
        this.revealing = undefined;
        if (done) return true;
        await this.change();
      }
      return false;
    });
  }

  /** Runs something that may change the document by itself (undo, a code action), alone in the queue. */
  run<T>(page: SessionPage | undefined, job: () => Thenable<T>): Promise<T> {
    return this.enqueue(async () => {
      this.revealing = page;
      try {
        return await job();
      } finally {
        this.revealing = undefined;
      }
    });
  }

  /** Takes the last step back or does it again: one of layout that only a pane shows, or the document's own. */
  step(page: SessionPage, direction: 'undo' | 'redo', inDocument: () => Thenable<void>): Promise<void> {
    return this.run(page, async () => {
      const layout = this.layouts[direction](this.text);
      if (!layout) return inDocument();
      this.documentPanes.update(this.text, [], layout);
      this.tell();
    });
  }

  /** Settles when all that was queued so far is done. */
  async idle(): Promise<void> {
    await this.queue;
  }

  /**
   * Asks every page for what it holds, and waits for the document to have it.
   *
   * @param ms how long the pages have; the document is waited for as long as a save may take, since what is carried out in
   * the queue may be what asks
   * @returns whether every page told what it holds
   */
  async flush(ms = SAVE_MS): Promise<boolean> {
    const asked = [...this.pages].filter((page) => page.ready).map((page) => this.flushes.ask(page, ms));
    const told = await Promise.all(asked);
    await limited(this.idle(), SAVE_MS);
    return !told.includes(false);
  }

  flushed(id: number): void {
    this.flushes.answered(id);
  }

  /** A page was made, or made anew. */
  began(page: SessionPage): void {
    this.flushes.began(page);
  }

  /** Tells a page that shows these panes what has become of them. */
  catchUp(page: SessionPage, shown: readonly PaneSnapshot[]): void {
    for (const { id, text, version: since } of shown) {
      const state = this.states.get(id);
      if (!state || state.version === since) continue;
      this.postChange(page, id, state.from(text, since));
    }
    if (shapeOf(shown) !== this.shape) page.post({ type: 'panes', panes: this.snapshots() });
  }

  /** Sends a pane as a whole to a page that lost its step. */
  resend(page: SessionPage, pane: PaneId): void {
    const view = this.pane(pane);
    if (view) page.post({ type: 'reset', pane: this.snapshot(view) });
  }

  /** Opens the string at a place of a pane, for all pages. */
  openString(pane: PaneId, offset: number): void {
    if (this.documentPanes.open(pane, offset)) this.tell();
  }

  closeString(pane: PaneId): void {
    this.documentPanes.close(pane);
    this.layouts.keepOnly((id) => this.pane(id) !== undefined);
    this.tell();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
    this.disposed.fire();
    this.disposed.dispose();
    this.flushes.dispose();
  }

  private snapshot(view: DocumentPane): PaneSnapshot {
    const { id, title, kind, parent, at, text } = view;
    const version = this.states.get(id)?.version ?? 0;
    return { id, title, kind, text, version, ...(parent === undefined ? {} : { parent, at: at ?? 0 }) };
  }

  private enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = this.queue.then(job);
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** Makes the changes of a pane's text; false when they were made on another one. */
  private async carryOut(
    pane: PaneId,
    base: number,
    changes: readonly TextChange[],
    pushed?: Pushed,
  ): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const paneText = this.states.get(pane)?.after(base, changes);
      const view = this.pane(pane);
      if (paneText === undefined || !view) return false;
      const edits = view.edit(changes).map(({ text, ...place }) => ({ ...place, text: withLineFeeds(text) }));
      const documentText = applyEdits(this.text, edits);
      const pending: Pending = { pushed, pane, changes, paneText, edits, documentText, taken: false };
      if (documentText === this.text) {
        this.takeLayout(pending, view.text);
        return true;
      }
      this.pending = pending;
      const done = await this.apply(edits);
      this.pending = undefined;
      if (this.isTaken(pending)) return true;
      if (done) {
        if (pushed) this.resend(pushed.page, pane);
        return true;
      }
      await this.change();
    }
    return false;
  }

  private async apply(edits: readonly TextEdit[]): Promise<boolean> {
    return this.applyEdit(
      this.document,
      this.document.version,
      edits.map((edit) => new vscode.TextEdit(this.range(edit.offset, edit.length), edit.text)),
    );
  }

  /** Waits for the change that made an edit fail, if there is one on its way. */
  private change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, 50);
      const subscription = this.changed.event(done);
      function done(): void {
        clearTimeout(timer);
        subscription.dispose();
        resolve();
      }
    });
  }

  private follow({ contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const text = withLineFeeds(this.document.getText());
    if (text === this.text) return;
    const { pending } = this;
    const ours = pending && !pending.taken && text === pending.documentText ? pending : undefined;
    const edits = ours?.edits ?? editsOf(this.index, text, contentChanges);
    this.index = new LineIndex(text);
    this.documentPanes.update(text, edits, ours && { pane: ours.pane, text: ours.paneText });
    if (reason === undefined) this.layouts.edited();
    if (ours) this.take(ours);
    this.tell();
    this.changed.fire();
  }

  /** Only layout was typed that the document does not have. */
  private takeLayout(pending: Pending, before: string): void {
    const { pane, paneText: after } = pending;
    if (after !== before) this.layouts.add({ pane, document: this.text, before, after });
    this.documentPanes.update(this.text, [], { pane: pending.pane, text: pending.paneText });
    this.take(pending);
    this.tell();
  }

  private isTaken(pending: Pending): boolean {
    return pending.taken;
  }

  private take(pending: Pending): void {
    pending.taken = true;
    const { pushed, pane, changes, paneText } = pending;
    const step = this.states.get(pane)?.accept(paneText, changes);
    if (!step) return;
    for (const each of this.pages) {
      if (each === pushed?.page)
        each.post({ type: 'accepted', pane, push: pushed.push, version: step.version });
      else this.postChange(each, pane, step);
    }
  }

  /** Tells every page how the panes' texts differ from what was last told. */
  private tell(): void {
    const panes = this.documentPanes.panes();
    const shape = shapeOf(panes);
    for (const view of panes) {
      const state = this.states.get(view.id);
      if (!state) {
        this.states.set(view.id, new PaneState(view.text));
        continue;
      }
      const step = state.become(view.text);
      if (!step) continue;
      for (const page of this.pages) this.postChange(page, view.id, step);
    }
    for (const id of this.states.keys()) {
      if (!panes.some((view) => view.id === id)) this.states.delete(id);
    }
    if (shape === this.shape) return;
    this.shape = shape;
    for (const page of this.pages) page.post({ type: 'panes', panes: this.snapshots() });
  }

  private postChange(page: SessionPage, pane: PaneId, step: Step): void {
    page.post({ type: 'change', pane, ...step, reveal: page === this.revealing });
  }
}

/** What the page builds its panes from, beside their texts. */
function shapeOf(panes: readonly (DocumentPane | PaneSnapshot)[]): string {
  return JSON.stringify(panes.map(({ id, title, kind, parent }) => [id, title, kind, parent]));
}
