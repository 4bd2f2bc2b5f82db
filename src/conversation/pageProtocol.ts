/**
 * What the host of a conversation page and the page say to each other. Both import this file and nothing of each other.
 * The host owns the messages and their order; the page knows as many rows as it shows. A row is named by its position in
 * a list that has versions, and for longer than a version by its key.
 */

import type { ChatAddress } from '../chat/address';
import type { Strings } from './pageStrings';
import type { DifferenceView, PersonView, RowKey, RowView } from './rowViews';

/** Id of the element of the page's frame that holds its first message, as JSON. */
export const FIRST_MESSAGE = 'first-message';

/** Whose history is shown: of two users either side's, or what any of them has. A group has one history, `user`. */
export type Viewed = 'user' | 'peer' | 'both';

/** The conversation, as its head shows it. */
export interface ChatView {
  /** Names this page among those that are open; a part of every {@link RowContext}. */
  readonly panel: string;
  readonly chat: ChatAddress;
  /** The user below whom a group was opened, whose messages stand on the right. */
  readonly user?: string;
  readonly title: string;
  /** What names it to the service, where the title does not. */
  readonly id?: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly readOnly: boolean;
  readonly environment: 'sandbox' | 'test' | 'production';
  readonly environmentLabel: string;
}

/** What the page shows around the messages. */
export interface State {
  readonly viewed: Viewed;
  readonly follow: boolean;
  /** Show faces: they come from the network. */
  readonly faces: boolean;
  /** Who may be written as, from this page; empty in production, for read-only connections, and where nobody may. */
  readonly senders: readonly string[];
  /** What stands in the place of messages, or above them. */
  readonly notice?: Notice;
  readonly find?: FindView;
}

/** What a person should know, with what helps. */
export interface Notice {
  readonly kind: 'loading' | 'empty' | 'gone' | 'failed';
  readonly text: string;
  readonly actions: readonly { readonly action: Action; readonly label: string }[];
}

/** How looking for a text stands. */
export interface FindView {
  /** What is looked for. */
  readonly text: string;
  /** Messages that have it, among those that are loaded. */
  readonly count: number;
  /** Which of them is shown, from 1, the newest first; 0 for none. */
  readonly at: number;
  /** The one that is shown. */
  readonly key?: RowKey;
  readonly searching: boolean;
  /** All of the conversation was looked through. */
  readonly complete: boolean;
  /** Why it cannot be looked for, in words. */
  readonly error?: string;
}

/** What a page keeps by `setState`; it brings it back after it was hidden, and over a reload of the window. */
export interface Saved {
  readonly version: 1;
  readonly connectionId: string;
  readonly chat: ChatAddress;
  readonly user?: string;
  readonly viewed: Viewed;
  readonly follow: boolean;
  readonly faces: boolean;
  /** The message at the top of what is seen, and how many pixels of it are above; absent at the end. */
  readonly place?: { readonly key: RowKey; readonly time: number; readonly offset: number };
  readonly selected: readonly RowKey[];
  readonly focused?: RowKey;
  /** The line that was being sent: the page that comes is told what became of it. */
  readonly sending?: number;
}

/** Where the page goes. */
export interface Reveal {
  readonly at: number;
  readonly key: RowKey;
  /** `center` for what was jumped to, which is selected; a number: so many pixels of the row are above the top. */
  readonly to: 'center' | 'end' | number;
}

/** Stands in the frame, and comes again to a page that asks by `ready`. */
export interface Init {
  readonly type: 'init';
  readonly strings: Strings;
  /** BCP 47. */
  readonly locale: string;
  readonly chat: ChatView;
  readonly state: State;
  /**
   * The newest messages, in a frame that was made when they were read already. A page that kept something of an earlier
   * one passes over it: the frame may be old, and its place another.
   */
  readonly list?: FirstList;
}

/** A list with its last rows. */
export interface FirstList {
  readonly version: number;
  readonly count: number;
  readonly rows: readonly RowView[];
  readonly people: readonly PersonView[];
}

export type ToPage =
  | Init
  | { readonly type: 'state'; readonly state: State }
  /** The list anew: what the page knows of rows is of no use any more. */
  | { readonly type: 'list'; readonly version: number; readonly count: number; readonly reveal?: Reveal }
  /** From version `version - 1` to `version`: at `at`, `removed` rows went and `inserted` came, `newer` of them at the end. */
  | {
      readonly type: 'splice';
      readonly version: number;
      readonly at: number;
      readonly removed: number;
      readonly inserted: number;
      readonly newer: number;
    }
  /** Rows of this version from `at` on: what was wanted, or what changed in them. */
  | {
      readonly type: 'rows';
      readonly version: number;
      readonly at: number;
      readonly rows: readonly RowView[];
    }
  | { readonly type: 'reveal'; readonly version: number; readonly reveal: Reveal }
  /** Those that are known by now; more come as they are read. */
  | { readonly type: 'people'; readonly people: readonly PersonView[] }
  /** What only one side has, newest first, as far as both were read; absent when it is not to be shown. */
  | {
      readonly type: 'differences';
      readonly items?: readonly DifferenceView[];
      /** All of the conversation was compared. */
      readonly complete: boolean;
    }
  /** What was written was sent, or was not, and why. */
  | { readonly type: 'sent'; readonly id: number; readonly error?: string }
  /** The person asked for it by a command: the page shows where one types what is looked for. */
  | { readonly type: 'openFind' };

/** What a person can ask of the whole page. Those with `…` ask outside of it. */
export type Action =
  | 'retry'
  | 'goToDate'
  | 'goToMessage'
  | 'compareSides'
  | 'compareMore'
  | 'closeDifferences'
  | 'follow'
  | 'unfollow'
  | 'showFaces'
  | 'hideFaces'
  | 'toEnd'
  | 'newMessage'
  | 'addConnection';

export type FromPage =
  /**
   * `saved` is the {@link Saved} that a page of the same panel kept, if any; what cannot be brought back is passed over.
   * Without it the page shows what its frame holds.
   */
  | { readonly type: 'ready'; readonly saved?: unknown }
  /** Answered by `rows` if it is about the version of now; after a splice the page asks anew for what it lacks. */
  | { readonly type: 'want'; readonly version: number; readonly from: number; readonly to: number }
  /** `above`: what comes after the row above the gap is read first; `below`: what is before the one below it. */
  | { readonly type: 'fill'; readonly gap: RowKey; readonly from: 'above' | 'below' }
  | { readonly type: 'view'; readonly viewed: Viewed }
  | { readonly type: 'select'; readonly keys: readonly RowKey[]; readonly focused?: RowKey }
  /** Opens the editor beside. `preview`: the focus stays in the page. */
  | { readonly type: 'open'; readonly key: RowKey; readonly preview: boolean }
  | { readonly type: 'jump'; readonly key: RowKey }
  /** Copies the first of these that is a message. What else can be done with messages, the menu of VS Code asks for. */
  | { readonly type: 'copyAs'; readonly keys: readonly RowKey[] }
  | { readonly type: 'action'; readonly action: Action }
  /** Looks for a text, or `/expression/`, from the newest; empty ends it. */
  | { readonly type: 'find'; readonly text: string }
  | { readonly type: 'findStep'; readonly step: 'next' | 'previous' }
  /** Only in the sandbox and in a test connection. `id` names it among all that pages of this panel send. */
  | { readonly type: 'send'; readonly id: number; readonly as: string; readonly text: string }
  | { readonly type: 'failed'; readonly message: string };
