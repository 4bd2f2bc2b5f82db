import { completionStatus } from '@codemirror/autocomplete';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import {
  Annotation,
  Compartment,
  EditorState,
  Text,
  type ChangeSet,
  type Transaction,
} from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import type { EditorSettings, PaneId, PaneSnapshot, Question } from '../../src/protocol';
import type { Host } from '../host';
import { completionSource } from './completion';
import { showOpenStrings, type OpenString } from './embedded';
import { Bursts, type Stroke } from '../sync/bursts';
import { throughLayout } from '../sync/layoutCaret';
import { PaneSync, textOf, type RemoteChange } from '../sync/paneSync';
import { baseExtension } from './extensions';
import type { AskingPane, PaneContext } from './paneContext';
import { settingsExtension } from './settings';

/** A burst ends when nothing was typed for this long. */
const REST_MS = 300;
/** How long a question waits for the host to know what was typed. */
const SETTLE_MS = 1000;

const fromHost = Annotation.define<boolean>();

/** One editor and what keeps its text equal to the host's. */
export class Pane implements AskingPane {
  readonly id: PaneId;
  readonly view: EditorView;
  private sync: PaneSync;
  private readonly bursts = new Bursts();
  private readonly settings = new Compartment();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private showsStrings = false;
  private settledWaiters: (() => void)[] = [];
  private readonly completions = completionSource(this);

  constructor(
    parent: HTMLElement,
    snapshot: PaneSnapshot,
    settings: EditorSettings,
    private readonly context: PaneContext,
  ) {
    this.id = snapshot.id;
    const doc = textFrom(snapshot.text);
    this.sync = new PaneSync(doc, snapshot.version);
    this.view = new EditorView({
      parent,
      root: document,
      state: EditorState.create({
        doc,
        extensions: [
          EditorView.updateListener.of((update) => this.follow(update)),
          this.settings.of(settingsExtension(settings, this.completions)),
          baseExtension(this, context),
        ],
      }),
    });
  }

  get hovers(): boolean {
    return this.context.hovers();
  }

  get settled(): boolean {
    return this.sync.settled;
  }

  configure(settings: EditorSettings): void {
    this.view.dispatch({ effects: this.settings.reconfigure(settingsExtension(settings, this.completions)) });
  }

  /** Sends what was typed. With `all`, in one push, since somebody waits for it. */
  flush(all: boolean): void {
    clearTimeout(this.timer);
    this.bursts.rest();
    if (all) this.sync.closeAll();
    else this.sync.close();
    this.pump();
  }

  /** Settles when the host knows all that is typed by now; true unless it took too long. */
  async settle(): Promise<boolean> {
    this.flush(true);
    if (this.sync.settled) return true;
    await new Promise<void>((resolve) => {
      this.settledWaiters.push(resolve);
      setTimeout(resolve, SETTLE_MS);
    });
    return this.sync.settled;
  }

  /** Asks about a place, once the host knows the text it is in. */
  async ask(
    kind: Question['kind'],
    offset: number,
    trigger?: string,
  ): Promise<ReturnType<Host['ask']> | undefined> {
    if (!(await this.settle())) return undefined;
    const { id, sync } = this;
    return this.context.host.ask({
      kind,
      offset,
      pane: id,
      version: sync.version,
      ...(trigger === undefined ? {} : { trigger }),
    });
  }

  openLink(link: string): void {
    this.context.host.send({ type: 'openLink', link });
  }

  accepted(push: number, version: number): void {
    if (!this.sync.accepted(push, version)) this.resync();
    this.pump();
  }

  stale(push: number): void {
    if (!this.sync.stale(push)) this.resync();
    this.pump();
  }

  changed(change: RemoteChange, reveal: boolean): void {
    const shown = this.sync.remote(change);
    if (shown) this.show(shown, reveal);
    else this.resync();
  }

  /** The whole text again, after a lost step. */
  reset(snapshot: PaneSnapshot): void {
    this.show(this.sync.reset(snapshot.text, snapshot.version), false);
    this.pump();
  }

  setDiagnostics(diagnostics: readonly Diagnostic[]): void {
    const fitting = diagnostics.map((one) => {
      const from = this.sync.toShown(one.from);
      return { ...one, from, to: Math.max(from, this.sync.toShown(one.to)) };
    });
    this.view.dispatch(setDiagnostics(this.view.state, fitting));
  }

  /** Selects a range that the host named. */
  select(from: number, to: number): void {
    const anchor = this.sync.toShown(from);
    this.view.dispatch({
      selection: { anchor, head: this.sync.toShown(to) },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    this.view.focus();
  }

  /** Shows the editors of strings below their lines; their places are as the host names them. */
  showStrings(strings: readonly OpenString[]): void {
    if (strings.length === 0 && !this.showsStrings) return;
    this.showsStrings = strings.length > 0;
    showOpenStrings(
      this.view,
      strings.map((one) => ({ ...one, at: this.sync.toShown(one.at) })),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.view.destroy();
  }

  private follow(update: ViewUpdate): void {
    for (const transaction of update.transactions) {
      if (transaction.annotation(fromHost)) continue;
      if (transaction.docChanged) this.typed(transaction);
      else if (transaction.selection && completionStatus(update.state) === null) this.flush(false);
    }
    if (update.focusChanged && !update.view.hasFocus) this.flush(false);
  }

  private typed(transaction: Transaction): void {
    const stroke = strokeOf(transaction);
    if (this.bursts.startsAnew(stroke)) {
      this.sync.close();
      this.pump();
    }
    this.sync.local(transaction.changes);
    clearTimeout(this.timer);
    if (this.bursts.endsWith(stroke)) this.flush(false);
    else this.timer = setTimeout(() => this.rested(), REST_MS);
  }

  /** An input method is still composing a character: what is half made is not sent. */
  private rested(): void {
    if (this.view.composing) this.timer = setTimeout(() => this.rested(), REST_MS);
    else this.flush(false);
  }

  private pump(): void {
    const push = this.sync.next();
    if (push) this.context.host.send({ type: 'edit', pane: this.id, ...push });
    if (!this.sync.settled) return;
    for (const resolve of this.settledWaiters.splice(0)) resolve();
  }

  private resync(): void {
    this.context.host.send({ type: 'resync', pane: this.id });
  }

  private show(changes: ChangeSet, reveal: boolean): void {
    this.view.dispatch({
      changes,
      annotations: fromHost.of(true),
      ...(reveal && !changes.empty
        ? { selection: { anchor: this.caretAfter(changes) }, scrollIntoView: true }
        : {}),
    });
  }

  /** The end of what changed, or, in a new layout, the same letter as before; then lines may be much shorter. */
  private caretAfter(changes: ChangeSet): number {
    const { doc, selection } = this.view.state;
    const kept = throughLayout(textOf(doc), textOf(changes.apply(doc)), selection.main.head);
    if (kept !== undefined) {
      this.view.scrollDOM.scrollLeft = 0;
      return kept;
    }
    let end = 0;
    changes.iterChangedRanges((_fromA, _toA, _fromB, toB) => (end = toB));
    return end;
  }
}

/** A text whose only line break is "\n", as everywhere here: "\r" is a character like others. */
function textFrom(text: string): Text {
  return Text.of(text.split('\n'));
}

function strokeOf(transaction: Transaction): Stroke {
  if (transaction.isUserEvent('input.type')) {
    let text = '';
    transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => (text = inserted.toString()));
    return { kind: 'type', text };
  }
  return transaction.isUserEvent('delete') ? { kind: 'delete' } : { kind: 'other' };
}
