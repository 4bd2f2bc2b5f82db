import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { EditorSettings, PaneId, PaneSnapshot, ProblemView, ToPage } from '../../src/protocol';
import { element, filled, icon } from '../dom';
import type { OpenString } from '../editor/embedded';
import type { PaneActions } from '../editor/paneContext';
import { Pane } from '../editor/pane';
import type { Host } from '../host';
import type { PageState } from '../state';
import { button } from '../toolkit/widgets';

type PaneMessage = Extract<ToPage, { type: 'change' | 'accepted' | 'stale' | 'reset' | 'reveal' }>;

interface Slot {
  readonly root: HTMLElement;
  readonly title: HTMLElement;
  /** Why an opened string is not JSON. */
  readonly note: HTMLElement;
  readonly body: HTMLElement;
  readonly observer: ResizeObserver | undefined;
  snapshot: PaneSnapshot;
  /** Undefined while a button stands for it: the member is absent or empty. */
  pane: Pane | undefined;
}

/** The editors, as the host's set of panes asks for them. */
export class Panes {
  private readonly slots = new Map<PaneId, Slot>();
  private hovers = true;
  private state: PageState | undefined;
  /** The pane in which a string was asked to be opened: its editor gets the focus. */
  private wanted: PaneId | undefined;
  private lastFocused: EditorView | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
    private readonly nonce: string,
    private readonly actions: PaneActions,
    /** What stands between two editors. */
    private readonly between: () => HTMLElement,
  ) {
    root.addEventListener('focusin', () => {
      this.lastFocused = this.all().find((pane) => pane.view.hasFocus)?.view ?? this.lastFocused;
    });
  }

  pane(id: PaneId): Pane | undefined {
    return this.slots.get(id)?.pane;
  }

  all(): Pane[] {
    return [...this.slots.values()].flatMap((slot) => slot.pane ?? []);
  }

  /** The page has the focus and nothing in it: the editor that had it last gets it, or the first one. */
  takeFocus(): void {
    if (document.activeElement !== document.body) return;
    const last = this.all().find((pane) => pane.view === this.lastFocused) ?? this.all()[0];
    last?.view.focus();
  }

  /** What the host says of one pane's text. A pane that is gone needs it no longer. */
  receive(message: PaneMessage): void {
    const id = message.type === 'reset' ? message.pane.id : message.pane;
    // An empty member got a text, or is to be shown.
    if (this.slots.get(id)?.snapshot.kind !== 'absent') this.open(id);
    const pane = this.pane(id);
    switch (message.type) {
      case 'change':
        return pane?.changed(message, message.reveal);
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
    this.state = state;
    for (const [id, slot] of this.slots) {
      if (state.panes.some((snapshot) => snapshot.id === id)) continue;
      this.remove(id, slot);
    }
    for (const snapshot of state.panes) this.show(snapshot, state);
    for (const { id } of state.panes) this.pane(id)?.showStrings(this.openedIn(id));
    this.arrange();
  }

  /** Two editors stand beside each other with a bar between them; a button needs none. */
  private arrange(): void {
    const shown = [...this.slots.values()].filter((slot) => slot.snapshot.parent === undefined);
    const editors = shown.filter(({ pane }) => pane);
    const children = shown.flatMap((slot) =>
      slot.pane && slot !== editors[0] ? [this.between(), slot.root] : [slot.root],
    );
    for (const { root, pane } of shown) root.classList.toggle('pane-folded', !pane);
    const before = [...this.root.children].filter((child) => child.getAttribute('role') !== 'separator');
    const same = before.length === shown.length && this.root.children.length === children.length;
    if (!same) this.root.replaceChildren(...children);
  }

  /** A pane's editor; puts it in the place of the button of an empty member. */
  open(id: PaneId): Pane | undefined {
    const slot = this.slots.get(id);
    if (!slot || slot.pane || !this.state) return slot?.pane;
    slot.body.replaceChildren();
    slot.pane = this.editor(slot.body, slot.snapshot, this.state);
    this.arrange();
    return slot.pane;
  }

  configure(settings: EditorSettings): void {
    this.hovers = settings.hover;
    if (this.state) this.state = { ...this.state, settings };
    for (const pane of this.all()) pane.configure(settings);
  }

  showProblems(problems: readonly ProblemView[], fix: (id: string) => void): void {
    for (const [id, slot] of this.slots) {
      slot.pane?.setDiagnostics(problems.flatMap((problem) => diagnostic(problem, id, fix)));
    }
  }

  private openedIn(parent: PaneId): OpenString[] {
    return [...this.slots.values()].flatMap(({ snapshot, root }) =>
      snapshot.parent === parent ? [{ id: snapshot.id, at: snapshot.at ?? 0, dom: root }] : [],
    );
  }

  private show(snapshot: PaneSnapshot, state: PageState): void {
    const existing = this.slots.get(snapshot.id);
    const slot = existing ?? this.create(snapshot, state);
    const wasAbsent = existing?.snapshot.kind === 'absent';
    slot.snapshot = snapshot;
    slot.title.textContent = snapshot.title;
    slot.root.setAttribute('aria-label', snapshot.title);
    slot.note.textContent =
      snapshot.parent !== undefined && snapshot.kind === 'text' ? state.strings.notJson : '';
    if (snapshot.kind === 'absent') {
      slot.pane?.dispose();
      slot.pane = undefined;
      slot.body.replaceChildren(
        this.adding(filled(state.strings.addMember, snapshot.title), () =>
          this.host.send({ type: 'addMember', pane: snapshot.id }),
        ),
      );
    } else if (!existing && snapshot.kind === 'text' && snapshot.text === '' && !snapshot.parent) {
      slot.body.replaceChildren(
        this.adding(filled(state.strings.editMember, snapshot.title), () => {
          this.open(snapshot.id)?.view.focus();
        }),
      );
    } else if (!slot.pane && (wasAbsent || !existing)) {
      slot.body.replaceChildren();
      slot.pane = this.editor(slot.body, snapshot, state);
      const asked = this.wanted !== undefined && this.wanted === snapshot.parent;
      if ((wasAbsent || asked) && document.hasFocus()) this.focus(slot.pane);
    }
  }

  private editor(parent: HTMLElement, snapshot: PaneSnapshot, state: PageState): Pane {
    const { strings, phrases, settings } = state;
    return new Pane(parent, snapshot, settings, {
      host: this.host,
      nonce: this.nonce,
      phrases,
      label: snapshot.parent === undefined ? snapshot.title : filled(strings.inString, snapshot.title),
      openLabel: strings.openString,
      actions: {
        ...this.actions,
        openString: (pane, offset) => {
          this.wanted = pane;
          this.actions.openString(pane, offset);
        },
        closeString: () => snapshot.parent !== undefined && this.actions.closeString(snapshot.id),
      },
      hovers: () => this.hovers,
    });
  }

  /** Once it is in the page. */
  private focus(pane: Pane): void {
    this.wanted = undefined;
    requestAnimationFrame(() => pane.view.focus());
  }

  private remove(id: PaneId, { pane, root, snapshot, observer }: Slot): void {
    const parent = snapshot.parent === undefined ? undefined : this.pane(snapshot.parent);
    const hadFocus = root.contains(document.activeElement);
    observer?.disconnect();
    pane?.dispose();
    this.slots.delete(id);
    if (hadFocus) parent?.view.focus();
  }

  private create(snapshot: PaneSnapshot, { strings }: PageState): Slot {
    const title = element('h2', { class: 'pane-title' });
    const note = element('span', { class: 'quiet pane-note', role: 'status' });
    const body = element('div', { class: 'pane-body' });
    const isString = snapshot.parent !== undefined;
    const close = isString
      ? button({
          label: filled(strings.closeString, snapshot.title),
          tooltip: filled(strings.closeString, snapshot.title),
          look: 'icon',
          content: icon('close'),
          onClick: () => this.actions.closeString(snapshot.id),
        })
      : undefined;
    const root = element(
      'section',
      { class: isString ? 'pane pane-string' : 'pane' },
      element('div', { class: 'pane-head' }, title, note, close),
      body,
    );
    const observer = snapshot.parent === undefined ? undefined : this.measureWith(root, snapshot.parent);
    const slot: Slot = { root, title, note, body, observer, snapshot, pane: undefined };
    this.slots.set(snapshot.id, slot);
    return slot;
  }

  /** An editor does not notice by itself that what stands between its lines has grown. */
  private measureWith(root: HTMLElement, parent: PaneId): ResizeObserver {
    const observer = new ResizeObserver(() => this.pane(parent)?.view.requestMeasure());
    observer.observe(root);
    return observer;
  }

  private adding(label: string, onClick: () => void): HTMLElement {
    return button({
      label,
      look: 'secondary',
      content: element('div', { class: 'face' }, icon('add'), element('span', {}, label)),
      onClick,
    });
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
