import { codes, sources } from './codes.json';
import { ChatServiceError } from './errors';

/** What in a message document a code points at; `document` is its first line, for causes outside of it. */
export type CodePlace = 'document' | 'MsgBody' | 'element' | 'CloudCustomData';

/** What can be offered against a code; the shell gives each its words and its command. */
export type CodeAction =
  | 'signAgain'
  | 'editConnection'
  | 'enterSecret'
  | 'changeRegion'
  | 'importAccount'
  | 'reload'
  | 'compare'
  | 'retry'
  | 'openLog';

/**
 * What a code says of the call that it answers.
 * - `refused`: the request itself was wrong or not allowed. Nothing was done, and the same request gets the same answer
 * - `notDone`: documented so, e.g. above a limit of calls. Nothing was done; later the same request may be carried out
 * - `doubt`: nobody promises that nothing was done: time-outs, internal errors, and whatever nobody documented
 */
export type CodeOutcome = 'refused' | 'notDone' | 'doubt';

/** What a program has to know of a code, where that is more than its outcome. */
export type CodeMeaning =
  /** There is no such message (any more). */
  | 'notFound'
  | 'alreadyRecalled'
  /** One of the two accounts is no user (any more). */
  | 'noSuchUser'
  /** The group was dismissed, or never was. */
  | 'noSuchGroup'
  /** A new signature helps. */
  | 'expiredUserSig';

/** What a code says of a connection. */
export type CodeDiagnosis =
  /** The app lives in another data centre. */
  | 'wrongRegion'
  /** The key is another app's, or mistyped. */
  | 'wrongKey'
  /** A ready-made UserSig that is none: empty, cut off, badly encoded. */
  | 'brokenUserSig'
  /** A ready-made UserSig for another administrator. */
  | 'userSigOfOtherUser'
  /** A ready-made UserSig for another app. */
  | 'userSigOfOtherApp'
  | 'expiredUserSig'
  | 'notAdministrator'
  | 'appNotFound'
  /** Disabled, deactivated, expired or in arrears. */
  | 'appNotAvailable'
  /** The app may not be called from this address. */
  | 'addressNotAllowed'
  | 'quotaUsed'
  /** Too many calls or too many wrong signatures; waiting helps. */
  | 'tooFrequent';

/**
 * One code of the service, or one range of them. Its texts stand in `l10n/codes*.json` under `code`; where they differ
 * by call, under `code` and the call's name, or `read` for every call that only reads. The data in `codes.json` also
 * keeps the wording of the pages that a code was taken from; it is not bundled.
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
  /** Absent for success only. */
  readonly outcome?: CodeOutcome;
  /** Calls for which it is another one: what stands before a sending comes after a modification. */
  readonly outcomes?: Readonly<Record<string, CodeOutcome>>;
  readonly means?: CodeMeaning;
  readonly diagnosis?: CodeDiagnosis;
  /** The page that explains it. */
  readonly link?: string;
}

/** A call and the code that answered it, e.g. a `ChatServiceError`. */
interface Answered {
  readonly command: string;
  readonly code: number;
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

/** What a code says of the call that it answers; doubt, where nobody documented more. */
export function outcomeOf({ command, code }: Answered): CodeOutcome {
  const entry = lookUpCode(code);
  const own = entry?.outcomes;
  return (own && Object.hasOwn(own, command) ? own[command] : entry?.outcome) ?? 'doubt';
}

/** What a program has to know of a code; undefined for most. */
export function meaningOf(code: number): CodeMeaning | undefined {
  return lookUpCode(code)?.means;
}

/** Whether a call was answered with a code of this meaning. */
export function means(error: unknown, meaning: CodeMeaning): error is ChatServiceError {
  return ChatServiceError.is(error) && meaningOf(error.code) === meaning;
}

/** True where the remedy of a code is to do the same again. */
export function advisesRetry(code: number): boolean {
  return lookUpCode(code)?.actions.includes('retry') === true;
}

/** All entries, by rising code. */
export function allCodes(): readonly CodeEntry[] {
  return entries;
}
