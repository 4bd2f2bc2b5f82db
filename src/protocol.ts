/**
 * What the editor's host side and its page say to each other. Both import this file and nothing of each other.
 * The host owns the document and every mapping between a pane's text and the document's; the page knows panes only.
 * Offsets are UTF-16 code units in a pane's text, whose lines end in "\n".
 */

import type { PreviewPart } from './message/preview';
import type { TextChange } from './json/textChange';

/** A member of the message document, the whole document, or a string opened in place. */
export type PaneId = string;

/** `json`: the text is JSON; `text`: the content of a string that holds none; `absent`: the member is not there. */
export type PaneKind = 'json' | 'text' | 'absent';

export interface PaneSnapshot {
  readonly id: PaneId;
  readonly title: string;
  readonly text: string;
  /** Counts the texts this pane has had; every edit names the one it was made on. */
  readonly version: number;
  readonly kind: PaneKind;
  /** Set for a string opened in place: the pane that shows the literal, and where that begins. */
  readonly parent?: PaneId;
  readonly at?: number;
}

/** What the page shows about the message itself. Absent for a file in the workspace. */
export interface FactsView {
  readonly connectionName: string;
  readonly environment: 'sandbox' | 'test' | 'production';
  readonly environmentLabel: string;
  /** Between whom it is, in the order in which it goes: sender and receiver, or group, topic and sender. */
  readonly people: readonly { readonly role: string; readonly name: string }[];
  /** Who wrote it; absent while nobody knows. */
  readonly sender?: string;
  /** What names it within its chat, in the service's words, and what its copying is called. */
  readonly key: { readonly name: string; readonly text: string; readonly copy: string };
  /** Unix seconds. */
  readonly time?: number;
  /** What is set of a message that is not sent yet, by the service's names, with what each means. */
  readonly options?: readonly OptionView[];
  readonly recalled: boolean;
  readonly gone: boolean;
  readonly draft: boolean;
  readonly conflict: boolean;
  /** The connection lets nobody modify a message. */
  readonly readOnly: boolean;
  /** The conflict is being merged by hand, and that is not done. */
  readonly unmerged: boolean;
}

/** A member that says how a message is sent. */
export interface OptionView {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** The message as chat clients and phones would show it. */
export interface PreviewView {
  readonly parts: readonly PreviewPart[];
  /** Text of an offline push; absent when nothing would be pushed. */
  readonly push?: string;
}

/** UTF-8 bytes of the message as it would be sent. */
export interface Meter {
  readonly bytes: number;
  readonly limit: number;
}

export type ProblemSeverity = 'error' | 'warning' | 'hint';

export interface ProblemView {
  readonly id: string;
  readonly severity: ProblemSeverity;
  readonly message: string;
  /** The service's code, as text, and its page in the documentation. */
  readonly code?: string;
  readonly link?: string;
  /** Where it stands; absent when it stands outside every pane. */
  readonly place?: { readonly pane: PaneId; readonly from: number; readonly to: number };
  readonly fixes: readonly FixView[];
}

export interface FixView {
  /** Handed back by `fix`. Valid until the next `problems`. */
  readonly id: string;
  readonly title: string;
  readonly preferred: boolean;
}

type ToolbarIcon = 'modify' | 'compare' | 'discard' | 'history' | 'settings' | 'text';

export interface ToolbarItem {
  readonly command: string;
  /** Stands for the label where there is no room for it. */
  readonly icon: ToolbarIcon;
  readonly label: string;
  readonly tooltip: string;
  readonly primary: boolean;
  readonly enabled: boolean;
}

/** The user's editor settings, as far as the page follows them. */
export interface EditorSettings {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  readonly wordWrap: boolean;
  readonly lineNumbers: 'on' | 'off' | 'relative';
  readonly fontLigatures: boolean;
  /** Pixels; 0 leaves it to the font. */
  readonly lineHeight: number;
  readonly letterSpacing: number;
  readonly quickSuggestions: boolean;
  readonly hover: boolean;
  readonly autoClosingBrackets: boolean;
  readonly matchBrackets: boolean;
  readonly folding: boolean;
  readonly acceptSuggestionOnEnter: boolean;
}

/** Colours of JSON's tokens as `#rrggbb`; one that is missing is left to the page. */
export interface TokenColors {
  readonly key?: string;
  readonly string?: string;
  readonly number?: string;
  readonly constant?: string;
}

export interface CompletionView {
  readonly label: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Name of VS Code's CompletionItemKind, e.g. `Property`. */
  readonly kind: string;
  readonly insert: string;
  /** `insert` is a snippet in VS Code's syntax. */
  readonly snippet: boolean;
  readonly from: number;
  readonly to: number;
  readonly filter: string;
  readonly sort: string;
  /** Ask again once it is inserted. */
  readonly again: boolean;
}

export interface HoverView {
  readonly from: number;
  readonly to: number;
  /** Markdown. */
  readonly contents: readonly string[];
}

/** Every text the page shows, in the user's language. `{0}` stands for a value. */
export type Strings = Readonly<Record<StringId, string>>;

type StringId =
  | 'page'
  | 'copied'
  | 'recalled'
  | 'recalledNote'
  | 'gone'
  | 'goneNote'
  | 'readOnly'
  | 'draft'
  | 'conflict'
  | 'unmerged'
  | 'file'
  | 'bytes'
  | 'bytesLabel'
  | 'notCountable'
  | 'problems'
  | 'noProblems'
  | 'error'
  | 'warning'
  | 'hint'
  | 'goTo'
  | 'toolbar'
  | 'resize'
  | 'addMember'
  | 'editMember'
  | 'openString'
  | 'closeString'
  | 'inString'
  | 'notJson'
  | 'fixes'
  | 'sentAt'
  | 'help'
  | 'preview'
  | 'previewStale'
  | 'previewEmpty'
  | 'pushText'
  | 'notPushed'
  | 'partUnknown'
  | 'seconds'
  | 'messages';

export interface Environment {
  /** BCP 47, e.g. `zh-cn`. */
  readonly locale: string;
}

/** Id of the element of the page's frame that holds the first messages, as a JSON list. */
export const FIRST_MESSAGES = 'first-messages';

export type ToPage =
  | {
      readonly type: 'init';
      readonly strings: Strings;
      /** CodeMirror's own texts, by their English. */
      readonly phrases: Readonly<Record<string, string>>;
      readonly environment: Environment;
      readonly settings: EditorSettings;
      readonly split: number;
      readonly showPreview: boolean;
    }
  /** The set of panes. The text of a pane the page has already follows by `change` and is not to be taken from here. */
  | { readonly type: 'panes'; readonly panes: readonly PaneSnapshot[] }
  /**
   * A change the page did not make, or made in another pane. It leads from the text of version `since` to that of
   * `version`; `length` is the text's length after it.
   */
  | {
      readonly type: 'change';
      readonly pane: PaneId;
      readonly since: number;
      readonly version: number;
      readonly changes: readonly TextChange[];
      readonly length: number;
      /** The page asked for it (undo, redo, format, a fix): its caret goes there. */
      readonly reveal: boolean;
    }
  | { readonly type: 'accepted'; readonly pane: PaneId; readonly push: number; readonly version: number }
  /** The push was made on an older text: rebase it over the changes that were sent meanwhile, and push again. */
  | { readonly type: 'stale'; readonly pane: PaneId; readonly push: number }
  | { readonly type: 'reset'; readonly pane: PaneSnapshot }
  | { readonly type: 'flush'; readonly id: number }
  | {
      readonly type: 'facts';
      readonly facts?: FactsView;
      /** Absent while the text cannot be read. */
      readonly meter?: Meter;
      /** Absent while the text cannot be read. */
      readonly preview?: PreviewView;
      readonly toolbar: readonly ToolbarItem[];
    }
  | { readonly type: 'problems'; readonly problems: readonly ProblemView[] }
  | { readonly type: 'settings'; readonly settings: EditorSettings }
  | { readonly type: 'colors'; readonly colors: TokenColors }
  | { readonly type: 'reveal'; readonly pane: PaneId; readonly from: number; readonly to: number }
  | { readonly type: 'answer'; readonly id: number; readonly value?: Answer };

export type Answer =
  | { readonly kind: 'completions'; readonly items: readonly CompletionView[]; readonly incomplete: boolean }
  | { readonly kind: 'hover'; readonly hover: HoverView };

export type FromPage =
  /** `shown`: the page shows what its frame held. Otherwise it shows nothing yet and is told everything. */
  | { readonly type: 'ready'; readonly shown: boolean }
  | {
      readonly type: 'edit';
      readonly pane: PaneId;
      readonly push: number;
      readonly base: number;
      readonly changes: readonly TextChange[];
    }
  /** A text was pasted; the edit that puts it in came before. */
  | { readonly type: 'pasted'; readonly pane: PaneId; readonly text: string }
  | { readonly type: 'flushed'; readonly id: number }
  | { readonly type: 'resync'; readonly pane: PaneId }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'format'; readonly pane: PaneId }
  | { readonly type: 'addMember'; readonly pane: PaneId }
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'fix'; readonly id: string }
  | { readonly type: 'copyKey' }
  /** Another value of an option is wanted. */
  | { readonly type: 'option'; readonly name: string }
  | { readonly type: 'openLink'; readonly link: string }
  | { readonly type: 'split'; readonly split: number }
  | { readonly type: 'showPreview'; readonly show: boolean }
  /** Long lines are to be wrapped, or no longer; only in this page. */
  | { readonly type: 'toggleWrap' }
  /** The theme is this one now, by the id that VS Code gives the page. */
  | { readonly type: 'theme'; readonly id: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'openString'; readonly pane: PaneId; readonly offset: number }
  | { readonly type: 'closeString'; readonly pane: PaneId }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question };

export interface Question {
  readonly kind: 'complete' | 'hover';
  readonly pane: PaneId;
  readonly offset: number;
  /** The text the question is about; a question about an older one is answered with nothing. */
  readonly version: number;
  /** The character that was just typed, when it is what asks. */
  readonly trigger?: string;
}
