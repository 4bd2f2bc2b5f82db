import type { TextEdit } from '../json/text';
import type { TextChange } from '../json/textChange';
import type { PaneId, PaneKind } from '../protocol';

/** One pane as a view of the document's present text, which has "\n" line ends. */
export interface DocumentPane {
  readonly id: PaneId;
  readonly title: string;
  readonly kind: PaneKind;
  /** Of a string opened in place: the pane that shows its literal, and where the literal begins there. */
  readonly parent?: PaneId;
  readonly at?: number;
  readonly text: string;
  /** The text is a string's content, which the document holds escaped. */
  readonly embedded: boolean;
  /** Path for people and file names, e.g. `MsgBody/0/MsgContent/Data`. */
  readonly path: string;
  /** Where a range of the pane stands in the document. */
  toDocument(from: number, to: number): { offset: number; length: number };
  /** Where a range of the document shows in the pane; undefined when it lies outside. */
  fromDocument(offset: number, length: number): { from: number; to: number } | undefined;
  /** What the changes of the pane's text are in the document. */
  edit(changes: readonly TextChange[]): TextEdit[];
  /** For a member that is absent: what puts it in, empty. */
  create(): TextEdit[];
}

/** What a pane shows now because of what was typed into it. */
export interface Typed {
  readonly pane: PaneId;
  readonly text: string;
}

/** All panes of one document. */
export interface DocumentPanes {
  /** The document became `text` by `edits`. A pane keeps the layout it shows, `typed` being the newest of it. */
  update(text: string, edits: readonly TextEdit[], typed?: Typed): void;
  panes(): readonly DocumentPane[];
  /** Opens the string literal at a place of a pane as a pane of its own; false when there is none. */
  open(pane: PaneId, offset: number): boolean;
  /** Closes an opened string with all that is open in it. */
  close(pane: PaneId): void;
}
