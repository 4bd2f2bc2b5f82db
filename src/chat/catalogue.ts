import { codes, sources } from './codes.json';

/** What in a message document a code points at; `document` is its first line, for causes outside of it. */
export type CodePlace = 'document' | 'MsgBody' | 'element' | 'CloudCustomData';

/** What can be offered against a code; the shell gives each its words and its command. */
export type CodeAction =
  | 'signAgain'
  | 'editConnection'
  | 'changeRegion'
  | 'importAccount'
  | 'reload'
  | 'compare'
  | 'retry'
  | 'openLog';

/**
 * One code of the service, or one range of them. Its texts stand in `l10n/codes*.json` under `code`. The data in
 * `codes.json` also keeps the wording of the pages that a code was taken from; it is not bundled.
 */
export interface CodeEntry {
  readonly code: number;
  /** Last code of a range, inclusive. */
  readonly codeTo?: number;
  /** Calls that answer with it, e.g. `openim/sendmsg`; `*` for all. */
  readonly apis: readonly string[];
  /** Where it is documented. */
  readonly source: readonly string[];
  readonly place: CodePlace;
  /** What helps, the likeliest first. */
  readonly actions: readonly CodeAction[];
  /** `safe`: nothing was done, the very same call may be sent again without asking. */
  readonly retry: 'safe' | 'never';
  /** The page that explains it. */
  readonly link?: string;
}

const entries: readonly CodeEntry[] = codes.map((entry) => ({
  ...(entry as CodeEntry),
  source: entry.source.map((id) => (sources as Readonly<Record<string, string>>)[id] ?? id),
}));

const byCode = new Map(entries.map((entry) => [entry.code, entry]));
const ranges = entries.filter((entry) => entry.codeTo !== undefined);

/** The entry of a code, also of one within a range; undefined for a code that nobody documented. */
export function lookUpCode(code: number): CodeEntry | undefined {
  return (
    byCode.get(code) ?? ranges.find((range) => code >= range.code && code <= (range.codeTo ?? range.code))
  );
}

/** All entries, by rising code. */
export function allCodes(): readonly CodeEntry[] {
  return entries;
}
