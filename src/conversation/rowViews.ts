/** What a page of a conversation shows of its messages, as its host makes it. */

import type { MessageAddress } from '../chat/address';
import type { PreviewPart } from '../message/preview';

/** What names a message in a list, for as long as the page lives and over a reload. */
export type RowKey = string;

/** One who speaks. */
export interface PersonView {
  /** UserID. */
  readonly id: string;
  /** Nick, where it is known and not empty. */
  readonly nick?: string;
  /** An https URL. The page shows it where `State.faces` says so, and only then its policy lets it. */
  readonly face?: string;
}

/** A part of a message. What is forwarded together brings its messages along, however deep. */
export type Part = PreviewPart & { readonly forwarded?: readonly ForwardedView[] };

/** A message in one that forwards it. */
export interface ForwardedView {
  readonly sender: string;
  /** Unix seconds. */
  readonly time?: number;
  readonly parts: readonly Part[];
}

/** What stands out in a message. */
export interface MarksView {
  readonly draft: boolean;
  readonly conflict: boolean;
  /** This machine modified it: `before` is what it said, in words. */
  readonly modified?: { readonly before: string; /** Unix milliseconds. */ readonly at: number };
  /** Only this side has it; told where both sides were compared. */
  readonly onlyOn?: 'user' | 'peer';
}

/** A message of the conversation. */
export interface MessageRow {
  readonly kind: 'message';
  readonly key: RowKey;
  readonly address: MessageAddress;
  /** UserID; empty where nobody knows. */
  readonly sender: string;
  /** On the right. */
  readonly own: boolean;
  /** Unix seconds; 0 where nobody knows. */
  readonly time: number;
  /** `expired` has no content, `recalled` may have. */
  readonly state: 'sent' | 'recalled' | 'expired' | 'system';
  readonly parts: readonly Part[];
  /** `CloudCustomData`: JSON laid out, or the text as it is. */
  readonly cloud?: { readonly text: string; readonly json: boolean };
  /** What it answers or quotes, where `CloudCustomData` says so in the form of the service's own clients. */
  readonly reply?: { readonly sender: string; readonly text: string };
  /** What a phone would show of it; absent where it is not pushed. */
  readonly push?: string;
  /** In a line, for who cannot see it. */
  readonly summary: string;
  readonly marks: MarksView;
}

/** An item of history that is no message. */
export interface UnreadableRow {
  readonly kind: 'unreadable';
  readonly key: RowKey;
  /** What is wrong, in words, and its JSON. */
  readonly problem: string;
  readonly raw: string;
}

/**
 * Messages are missing here: the page asks for them by `fill` when it comes near. The first and the last row may be one,
 * for what is older and what is newer.
 */
export interface GapRow {
  readonly kind: 'gap';
  readonly key: RowKey;
  readonly where: 'older' | 'between' | 'newer';
  readonly state: 'idle' | 'loading' | 'failed';
  /** Why it failed, in words. The page offers *Retry*, which is a `fill`. */
  readonly error?: string;
}

export type RowView = MessageRow | UnreadableRow | GapRow;

/** A message that only one side has. */
export interface DifferenceView {
  readonly key: RowKey;
  readonly onlyOn: 'user' | 'peer';
  readonly sender: string;
  readonly time: number;
  readonly summary: string;
}

/** What `data-vscode-context` of a row holds, for the menu of VS Code. The page leaves out VS Code's own items. */
export interface RowContext {
  readonly webviewSection: 'message';
  readonly preventDefaultContextMenuItems: true;
  /** As a row of the tree: commands on several messages take those that are selected when this is one of them. */
  readonly kind: 'message';
  /** `ChatView.panel`, a blank, and the row's key. */
  readonly id: string;
  readonly connectionId: string;
  readonly message: { readonly address: MessageAddress };
  readonly readOnly: boolean;
  readonly draft: boolean;
}
