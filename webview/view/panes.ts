import type { Diagnostic } from '@codemirror/lint';
import type { EditorSettings, PaneId, PaneSnapshot, ProblemView, ToPage } from '../../src/protocol';
import { element, filled } from '../dom';
import type { PaneActions } from '../editor/extensions';
import { Pane } from '../editor/pane';
import type { Host } from '../host';
import type { PageState } from '../state';
import { button } from '../toolkit';

type PaneMessage = Extract<ToPage, { type: 'change' | 'accepted' | 'stale' | 'reset' | 'reveal' }>;

interface Slot {
  readonly root: HTMLElement;
  readonly title: HTMLElement;
  readonly body: HTMLElement;
  snapshot: PaneSnapshot;
  pane: Pane | undefined;
}

/** The editors, as the host's set of panes asks for them. */
export class Panes {
  private readonly slots = new Map<PaneId, Slot>();
  private hovers = true;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
    private readonly nonce: string,
    private readonly actions: PaneActions,
    /** What stands between two editors. */
    private readonly between: () => HTMLElement,
  ) {}

  pane(id: PaneId): Pane | undefined {
    return this.slots.get(id)?.pane;
  }

  all(): Pane[] {
    return [...this.slots.values()].flatMap((slot) => slot.pane ?? []);
  }

  /** What the host says of one pane's text. A pane that is gone needs it no longer. */
  receive(message: PaneMessage): void {
    const pane = this.pane(message.type === 'reset' ? message.pane.id : message.pane);
    switch (message.type) {
      case 'change':
        return pane?.changed(message.version, message.changes, message.length, message.reveal);
      case 'accepted':
        return pane?.accepted(message.push, message.version);
      case 'stale':
        return pane?.stale(message.push);
      case 'reset':
        return pane?.reset(message.pane);
      case 'reveal':
        return pane?.select(message.from, message.to);
    }
  }

  /** Follows the set of panes. An editor that is there already stays, with what is typed into it. */
  update(state: PageState): void {
    this.hovers = state.settings.hover;
    for (const [id, slot] of this.slots) {
      if (state.panes.some((snapshot) => snapshot.id === id)) continue;
      slot.pane?.dispose();
      this.slots.delete(id);
    }
    for (const snapshot of state.panes) this.slot(snapshot, state);
    const shown = state.panes.flatMap((snapshot) => this.slots.get(snapshot.id)?.root ?? []);
    const children = shown.flatMap((root, index) => (index > 0 ? [this.between(), root] : [root]));
    if (
      shown.some((root) => root.parentElement !== this.root) ||
      this.root.children.length !== children.length
    ) {
      this.root.replaceChildren(...children);
    }
  }

  configure(settings: EditorSettings): void {
    this.hovers = settings.hover;
    for (const pane of this.all()) pane.configure(settings);
  }

  showProblems(problems: readonly ProblemView[], fix: (id: string) => void): void {
    for (const [id, slot] of this.slots) {
      slot.pane?.setDiagnostics(problems.flatMap((problem) => diagnostic(problem, id, fix)));
    }
  }

  private slot(snapshot: PaneSnapshot, state: PageState): void {
    const slot = this.slots.get(snapshot.id) ?? this.create(snapshot);
    const absentBefore = slot.snapshot.kind === 'absent';
    slot.snapshot = snapshot;
    slot.title.textContent = snapshot.title;
    slot.root.setAttribute('aria-label', snapshot.title);
    slot.root.dataset.kind = snapshot.kind;
    if (snapshot.kind === 'absent') {
      slot.pane?.dispose();
      slot.pane = undefined;
      slot.body.replaceChildren(this.absent(snapshot, state));
    } else if (!slot.pane) {
      slot.body.replaceChildren();
      slot.pane = new Pane(slot.body, snapshot, state.settings, {
        host: this.host,
        nonce: this.nonce,
        phrases: state.phrases,
        label: snapshot.title,
        actions: this.actions,
        hovers: () => this.hovers,
      });
      if (absentBefore && this.slots.has(snapshot.id) && document.hasFocus()) slot.pane.view.focus();
    }
  }

  private create(snapshot: PaneSnapshot): Slot {
    const title = element('h2', { class: 'pane-title' });
    const body = element('div', { class: 'pane-body' });
    const root = element('section', { class: 'pane' }, element('div', { class: 'pane-head' }, title), body);
    const slot: Slot = { root, title, body, snapshot: { ...snapshot, kind: 'json' }, pane: undefined };
    this.slots.set(snapshot.id, slot);
    return slot;
  }

  private absent(snapshot: PaneSnapshot, { strings }: PageState): HTMLElement {
    return element(
      'div',
      { class: 'absent' },
      element('p', { class: 'quiet' }, filled(strings.absent, snapshot.title)),
      button({
        label: filled(strings.addMember, snapshot.title),
        look: 'secondary',
        onClick: () => this.host.send({ type: 'addMember', pane: snapshot.id }),
      }),
    );
  }
}

function diagnostic(problem: ProblemView, pane: PaneId, fix: (id: string) => void): Diagnostic[] {
  const { place, severity, message, code, fixes } = problem;
  if (place?.pane !== pane) return [];
  return [
    {
      from: place.from,
      to: place.to,
      severity,
      message: code === undefined ? message : `${message} (${code})`,
      actions: fixes.map((each) => ({ name: each.title, apply: () => fix(each.id) })),
    },
  ];
}
