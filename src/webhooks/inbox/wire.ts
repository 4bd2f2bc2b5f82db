import type { InboxHolder } from '../store/inboxLock';
import type { InboxSettings, InboxStart } from './inbox';

/** What the process of the inbox is told. Secrets come this way only: others see arguments and environments. */
export type ToInbox =
  | { readonly do: 'start'; readonly start: InboxStart }
  | { readonly do: 'change'; readonly settings: InboxSettings }
  | { readonly do: 'clear' }
  | { readonly do: 'stop' };

/** What it tells. */
export type FromInbox =
  | { readonly told: 'listening'; readonly port: number }
  | { readonly told: 'taken'; readonly holder: InboxHolder }
  /** It could not begin. `code` is the system's: EADDRINUSE, EACCES, … */
  | { readonly told: 'failed'; readonly code: string; readonly detail: string }
  | { readonly told: 'news' }
  /** Something could not be written down, or a rule went wrong. */
  | { readonly told: 'trouble'; readonly detail: string };
