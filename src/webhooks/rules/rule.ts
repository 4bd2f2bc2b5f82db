/** What a rule does to a webhook. */
export type RuleAnswer =
  | { readonly do: 'allow' }
  /** `code` reaches the sender, and is one of the app's own; without one the service says its own. */
  | { readonly do: 'forbid'; readonly code?: number; readonly info?: string }
  /** The members as JSON, token for token as the rule has them. */
  | { readonly do: 'replace'; readonly msgBody?: string; readonly cloudCustomData?: string }
  | { readonly do: 'drop' }
  | { readonly do: 'none' }
  | { readonly do: 'broken'; readonly text?: string }
  | { readonly do: 'status'; readonly status: number; readonly text?: string }
  /** A text of one's own with status 200. */
  | { readonly do: 'custom'; readonly text: string }
  | { readonly do: 'forward'; readonly to: string };

/** Which webhooks a rule is for: all that fit each of these; every one when there are none. */
export interface RuleMatch {
  readonly command?: readonly string[];
  /** Who sends or acts. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly group?: readonly string[];
  /** In the message: a text, whichever case, or `/expression/flags`. */
  readonly text?: string;
}

/** One answer for some webhooks. */
export interface Rule {
  /** A person's name for it, else its place: `rule 2`. */
  readonly name: string;
  /** Tells it from rules that do something else, wherever it stands and whatever it is called. */
  readonly key: string;
  /** Where it stands in its document. */
  readonly offset: number;
  readonly match: RuleMatch;
  readonly answer: RuleAnswer;
  /** Milliseconds to wait before the answer. */
  readonly delayMs: number;
}

/** Milliseconds that one's own server has, so that there is time left within the service's 2 s. */
export const FORWARD_MS = 1500;

/** Milliseconds that the service waits for the answer of a webhook; fixed, the documentation says. */
export const SERVICE_MS = 2000;

/** The longest delay: more than that nobody waits. */
export const MOST_DELAY_MS = 60_000;
