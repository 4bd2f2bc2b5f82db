import type { EditorView } from '@codemirror/view';
import type { PaneId, Question } from '../../src/protocol';
import type { Host } from '../host';

/** What keys in an editor do beyond editing. */
export interface PaneActions {
  undo(): void;
  redo(): void;
  format(pane: string): void;
  /** A text was pasted into an editor, which has it now. */
  pasted(pane: string, text: string): void;
  /** Opens the string at a place as JSON. */
  openString(pane: string, offset: number): void;
  /** Closes a pane that shows an opened string; false for another one. */
  closeString(pane: string): boolean;
  /** Opens the fixes of the problem at the caret; false when there is none. */
  showFixes(pane: string, view: EditorView): boolean;
}

/** What every pane of the page shares. */
export interface PaneContext {
  readonly host: Host;
  readonly nonce: string;
  readonly phrases: Readonly<Record<string, string>>;
  readonly label: string;
  /** On the buttons that open strings. */
  readonly openLabel: string;
  readonly actions: PaneActions;
  readonly hovers: () => boolean;
}

/** What the parts of an editor ask of the pane that they are in. */
export interface AskingPane {
  readonly id: PaneId;
  readonly hovers: boolean;
  /** Asks about a place, once the host knows the text it is in. */
  ask(kind: Question['kind'], offset: number, trigger?: string): Promise<ReturnType<Host['ask']> | undefined>;
  openLink(link: string): void;
}
