import { StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import { embeddedStrings } from '../../src/json/projections/embedded';
import { element, icon } from '../dom';

/** Longer texts are looked through only when typing rests. */
const MOST_CHARACTERS = 100_000;

/** An editor of a string, shown below the line its literal begins in. */
export interface OpenString {
  readonly id: string;
  /** Where the literal begins. */
  readonly at: number;
  readonly dom: HTMLElement;
}

const setOpen = StateEffect.define<readonly OpenString[]>();

export interface EmbeddedOptions {
  /** Says on the button what it opens. */
  readonly label: string;
  open(offset: number): void;
}

/** Marks strings that hold JSON with a button that opens them, and shows the editors of those that are open. */
export function embeddedExtension(options: EmbeddedOptions): Extension {
  const lenses = StateField.define<DecorationSet>({
    create: (state) => lensesOf(state, options),
    update: (set, transaction) => {
      const toggled = transaction.effects.some((effect) => effect.is(setOpen));
      return transaction.docChanged || toggled ? lensesOf(transaction.state, options) : set;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
  return [openField, lenses];
}

/** Shows exactly these opened strings. */
export function showOpenStrings(view: EditorView, strings: readonly OpenString[]): void {
  view.dispatch({ effects: setOpen.of(strings) });
}

const openField = StateField.define<readonly OpenString[]>({
  create: () => [],
  update: (open, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setOpen)) return effect.value;
    if (!transaction.docChanged) return open;
    return open.map((one) => ({ ...one, at: transaction.changes.mapPos(one.at, 1) }));
  },
  provide: (field) =>
    EditorView.decorations.compute([field, 'doc'], (state) => {
      const widgets = state.field(field).map(({ id, at, dom }) => {
        const line = state.doc.lineAt(Math.min(at, state.doc.length));
        return Decoration.widget({ widget: new EditorWidget(id, dom), block: true, side: 1 }).range(line.to);
      });
      return Decoration.set(widgets, true);
    }),
});

function lensesOf(state: EditorState, options: EmbeddedOptions): DecorationSet {
  if (state.doc.length > MOST_CHARACTERS) return Decoration.none;
  const open = new Set((state.field(openField, false) ?? []).map((one) => one.at));
  const found: Range<Decoration>[] = embeddedStrings(state.sliceDoc())
    .filter(({ range }) => !open.has(range.offset))
    .map(({ range }) =>
      Decoration.widget({ widget: new LensWidget(range.offset, options), side: -1 }).range(range.offset),
    );
  return Decoration.set(found, true);
}

/** The button before a string that holds JSON. */
class LensWidget extends WidgetType {
  constructor(
    private readonly offset: number,
    private readonly options: EmbeddedOptions,
  ) {
    super();
  }

  override eq(other: LensWidget): boolean {
    return other.offset === this.offset;
  }

  override toDOM(): HTMLElement {
    const { label } = this.options;
    const lens = element(
      'button',
      { class: 'lens', type: 'button', title: label, 'aria-label': label },
      icon('braces'),
    );
    lens.addEventListener('click', () => this.options.open(this.offset));
    return lens;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** An editor in an editor. Its element is made elsewhere and only moved here. */
class EditorWidget extends WidgetType {
  constructor(
    private readonly id: string,
    private readonly dom: HTMLElement,
  ) {
    super();
  }

  override eq(other: EditorWidget): boolean {
    return other.id === this.id;
  }

  override toDOM(): HTMLElement {
    return this.dom;
  }

  override ignoreEvent(): boolean {
    return true;
  }

  override destroy(): void {
    // The element lives on: CodeMirror makes and drops widgets as lines come into view.
  }
}
