import assert from 'node:assert/strict';
import { ChangeSet, Text } from '@codemirror/state';
import type { DocumentSession } from '../../src/editor/documentSession';
import type { SessionPage } from '../../src/editor/pageFlushes';
import type { PaneId, ToPage } from '../../src/protocol';
import { PaneSync, textOf } from '../../webview/sync/paneSync';
import { eventually } from './eventually';

/** A page as a session sees it, with the page's own side of keeping texts equal, and no editor. */
export class PlainPage implements SessionPage {
  readonly ready = true;
  readonly hiddenSince = undefined;
  readonly shown = new Map<PaneId, string>();
  readonly syncs = new Map<PaneId, PaneSync>();

  constructor(
    private readonly session: DocumentSession,
    panes = session.snapshots(),
  ) {
    session.attach(this);
    this.post({ type: 'panes', panes });
  }

  post(message: ToPage): void {
    switch (message.type) {
      case 'panes':
        for (const id of this.syncs.keys()) {
          if (!message.panes.some((pane) => pane.id === id)) this.syncs.delete(id);
        }
        for (const { id, text, version } of message.panes) {
          if (this.syncs.has(id)) continue;
          this.syncs.set(id, new PaneSync(Text.of(text.split('\n')), version));
          this.shown.set(id, text);
        }
        break;
      case 'accepted':
        assert.ok(this.syncs.get(message.pane)?.accepted(message.push, message.version) ?? true);
        this.pump(message.pane);
        break;
      case 'stale':
        assert.ok(this.syncs.get(message.pane)?.stale(message.push) ?? true);
        this.pump(message.pane);
        break;
      case 'change': {
        const sync = this.syncs.get(message.pane);
        if (!sync) break;
        const change = sync.remote(message);
        assert.ok(change, 'never out of step');
        this.show(message.pane, change);
        break;
      }
      case 'flush':
        for (const id of this.syncs.keys()) this.send(id);
        void eventually(() => this.settled || undefined).then(() => this.session.flushed(message.id));
        break;
      case 'reset': {
        // VS Code 1.100 may apply an edit to a text that somebody else just changed; then the whole text is told.
        const { id, text, version } = message.pane;
        const change = this.syncs.get(id)?.reset(text, version);
        if (change) this.show(id, change);
        this.pump(id);
        break;
      }
      default:
        break;
    }
  }

  get settled(): boolean {
    return [...this.syncs.values()].every((sync) => sync.settled);
  }

  text(pane: PaneId): string {
    return this.shown.get(pane) ?? '';
  }

  type(pane: PaneId, at: number, insert: string, remove = 0): void {
    const text = this.text(pane);
    const from = Math.min(at, text.length);
    const changes = ChangeSet.of(
      { from, to: Math.min(from + remove, text.length), insert },
      text.length,
      '\n',
    );
    this.syncs.get(pane)?.local(changes);
    this.show(pane, changes);
  }

  send(pane: PaneId): void {
    this.syncs.get(pane)?.close();
    this.pump(pane);
  }

  private pump(pane: PaneId): void {
    const push = this.syncs.get(pane)?.next();
    if (push) void this.session.push(this, pane, push.push, push.base, push.changes);
  }

  private show(pane: PaneId, changes: ChangeSet): void {
    this.shown.set(pane, textOf(changes.apply(Text.of(this.text(pane).split('\n')))));
  }
}
