// What the routes tell the page. The page is built without the rest of the sandbox, so nothing is imported here.

/** One conversation or group, as the page lists it. */
export type ListedChat = {
  /** Messages that are kept. */
  readonly messages: number;
  /** Time of the last one, Unix seconds. */
  readonly time: number;
} & (
  | { readonly chat: 'c2c'; readonly users: readonly [string, string] }
  | {
      readonly chat: 'group';
      readonly group: string;
      readonly topic?: string;
      readonly name: string;
      /** Who may write, owner first. */
      readonly members: readonly string[];
    }
);

/** The first chats of a list. */
export interface ChatPage {
  readonly total: number;
  readonly chats: readonly ListedChat[];
}

/** A message as the page shows it. */
export interface ShownMessage {
  readonly from: string;
  /** MsgKey, or MsgSeq of a group's. */
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  readonly recalled: boolean;
  /** In whose history it stands, of one between two users. */
  readonly seenBy: 'both' | 'sender' | 'receiver' | 'nobody';
  /** JSON text. */
  readonly body: string;
  /** JSON text of a string; absent when there is none. */
  readonly cloud?: string;
}

/** Messages of one chat, oldest first. */
export interface MessagePage {
  readonly total: number;
  /** How many stand before them. */
  readonly first: number;
  readonly messages: readonly ShownMessage[];
}

/** A call that was received. */
export interface ShownCall {
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly command?: string | undefined;
  readonly request: string;
  readonly response: string;
  readonly code: number;
  readonly durationMs: number;
  readonly fault?: string | undefined;
}

/** A webhook that was sent. */
export interface ShownWebhook {
  readonly number: number;
  readonly at: number;
  readonly command: string;
  readonly request: string;
  readonly status?: number | undefined;
  readonly answer: string;
  readonly durationMs: number;
  /** What the service does with the answer, of a webhook that it waits for. */
  readonly outcome?: ShownOutcome | undefined;
}

/** What the service does with an answer. */
export interface ShownOutcome {
  readonly kind: 'ignored' | 'allowed' | 'replaced' | 'singlesRefused' | 'dropped' | 'refused' | 'failed';
  readonly code?: number;
  readonly members?: readonly string[];
  readonly accounts?: readonly { readonly account: string }[];
}

/** What happened since the last piece of news. */
export interface News {
  /** The last calls, oldest first, with the beginning of their bodies. */
  readonly calls: readonly ShownCall[];
  /** Calls since then that are not among them. */
  readonly missed: number;
  readonly webhooks: readonly ShownWebhook[];
  /** Whether data changed. */
  readonly data: boolean;
  /** Whether settings, faults, webhook target, clock or snapshots changed, or everything was reset. */
  readonly state: boolean;
}
