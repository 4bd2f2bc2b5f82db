import { findSpec } from '../chat/calls/specs';

/** What keeps a URL of a document from being called. */
export type TargetProblem =
  /** Neither `{{endpoint}}/v4/service/command` nor a whole URL. */
  | 'noUrl'
  /** Another host than the connection's: its signature goes nowhere else. */
  | 'otherHost'
  /** A name and a password stand in the URL. */
  | 'credentials'
  /** The path is not `/v4/service/command`. */
  | 'noCall'
  /** A variable stands elsewhere than at the beginning. */
  | 'variable';

/** The call that a URL names. */
export interface Target {
  /** `service/command`. */
  readonly command: string;
  /** Names of the parameters that stand in the query; they are made when it is sent, so that none counts. */
  readonly query: readonly string[];
}

const ENDPOINT = /^\{\{\s*endpoint\s*\}\}/;
const CALL = /^\/v4\/(\w+\/\w+)$/;

/**
 * Reads the URL of a request line.
 *
 * @param endpoint the connection's; undefined where none is chosen yet, and then no host is judged
 */
export function targetOf(url: string, endpoint?: string): Target | { readonly problem: TargetProblem } {
  const rest = url.replace(ENDPOINT, '');
  if (rest.includes('{{')) return { problem: 'variable' };
  if (rest !== url) return call(`http://endpoint${rest}`, 'http://endpoint');
  if (!/^https?:\/\//i.test(url)) return { problem: 'noUrl' };
  return call(url, endpoint);
}

function call(text: string, endpoint: string | undefined): Target | { readonly problem: TargetProblem } {
  // The very text has to be the path: what a URL parser would tidy up is a trick or a slip.
  if (/[\s\\]/.test(text) || !URL.canParse(text)) return { problem: 'noUrl' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { problem: 'credentials' };
  if (endpoint !== undefined && url.origin !== new URL(endpoint).origin) return { problem: 'otherHost' };
  const [path = ''] = text.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/);
  const [, command] = CALL.exec(path) ?? [];
  // Names are in small letters but for those known to be written otherwise: no other spelling gets past what is known of a call.
  if (command === undefined || url.pathname !== path) return { problem: 'noCall' };
  if (command !== command.toLowerCase() && !findSpec(command)) return { problem: 'noCall' };
  return { command, query: [...new Set(url.searchParams.keys())] };
}
