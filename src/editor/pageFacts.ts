import type { Event, Uri } from 'vscode';
import type { MessageAddress } from '../chat/address';
import type { OptionView } from '../protocol';

/** What is known of the message that a document shows, beyond its text. */
export interface MessageFacts {
  readonly connectionName: string;
  readonly environment: 'sandbox' | 'test' | 'production';
  readonly address: MessageAddress;
  /** Undefined while nobody knows who wrote it. */
  readonly sender: string | undefined;
  /** Unix seconds. */
  readonly time?: number | undefined;
  readonly recalled: boolean;
  /** The service shows it no longer. */
  readonly gone?: boolean;
  /** A saved draft that differs from its base. */
  readonly draft: boolean;
  /** The service's content is neither the base nor the draft. */
  readonly conflict: boolean;
  /** The connection lets nobody modify a message. */
  readonly readOnly: boolean;
  /** The conflict is being merged by hand, and that is not done. */
  readonly unmerged: boolean;
  /** For the tab, e.g. `alice 10:31 Hello`. */
  readonly title: string;
}

/** What is known of a message that is not sent yet. */
export interface UnsentFacts extends Pick<
  MessageFacts,
  'connectionName' | 'environment' | 'readOnly' | 'title'
> {
  /** Who gets it and how, as its text says. */
  readonly unsent: {
    readonly sender: string;
    readonly receivers: string;
    readonly call: string;
    readonly options: readonly OptionView[];
  };
}

/** What a page shows beside the text of a document. */
export type PageFacts = MessageFacts | UnsentFacts;

/** Where the editor gets the facts from; undefined for a file in the workspace. */
export interface MessageFactsSource {
  facts(uri: Uri): PageFacts | undefined;
  /** Undefined: those of every message may have changed. */
  readonly onDidChangeFacts: Event<Uri | undefined>;
}
