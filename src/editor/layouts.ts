import type { PaneId } from '../protocol';

/** Most texts of one pane, and most steps, that are remembered. */
const MOST = 100;

/**
 * In which layout a pane last showed each literal. A string on one line is shown over many, so a text that comes back,
 * by undo or redo, can be shown again as the person knew it.
 */
export class ShownLayouts {
  private readonly panes = new Map<PaneId, Map<string, string>>();

  get(pane: PaneId, literal: string): string | undefined {
    return this.panes.get(pane)?.get(literal);
  }

  set(pane: PaneId, literal: string, shown: string): void {
    const known = this.panes.get(pane) ?? new Map<string, string>();
    this.panes.set(pane, known);
    // Behind all others, so that the first one is the one longest not shown.
    known.delete(literal);
    known.set(literal, shown);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  }

  forget(pane: PaneId): void {
    this.panes.delete(pane);
  }
}

/** A change of layout that the document does not have. */
export interface LayoutStep {
  readonly pane: PaneId;
  /** The document's text, then and now. */
  readonly document: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Undo and redo for layout that only a pane shows, of which VS Code knows nothing. A step's turn comes when the
 * document has again the text on which it was made; at any other, the document's own steps are newer.
 */
export class LayoutHistory {
  private undoable: LayoutStep[] = [];
  private redoable: LayoutStep[] = [];

  add(step: LayoutStep): void {
    this.undoable = [...this.undoable, step].slice(-MOST);
    this.redoable = [];
  }

  /** The document was edited, so that nothing can be done again. */
  edited(): void {
    this.redoable = [];
  }

  /** A string was closed; its layout is nobody's any more. */
  keepOnly(isOpen: (pane: PaneId) => boolean): void {
    this.undoable = this.undoable.filter(({ pane }) => isOpen(pane));
    this.redoable = this.redoable.filter(({ pane }) => isOpen(pane));
  }

  /** What to show instead now; undefined when it is the document's turn. */
  undo(document: string): { pane: PaneId; text: string } | undefined {
    const step = this.undoable.at(-1);
    if (step?.document !== document) return undefined;
    this.undoable.pop();
    this.redoable.push(step);
    return { pane: step.pane, text: step.before };
  }

  redo(document: string): { pane: PaneId; text: string } | undefined {
    const step = this.redoable.at(-1);
    if (step?.document !== document) return undefined;
    this.redoable.pop();
    this.undoable.push(step);
    return { pane: step.pane, text: step.after };
  }
}
