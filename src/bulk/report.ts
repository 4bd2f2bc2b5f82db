import { addressKey, type MessageAddress } from '../chat/address';
import type { Journal } from '../journal/journal';
import type { Revision } from '../journal/revision';
import { importOf, type LeftOutReason, type Plan, type PlanNote } from './plan';

/**
 * What became of one message of a plan.
 * - `done`, `refused` (by the service), `unknown` (to be settled by reading): the journal says so
 * - `conflict`, `recalled`, `gone`: the message was not what the plan was made on; nothing was overwritten
 * - `nothingToDo`: the service showed the wanted content already
 * - `unreadable`, `busy`: nothing was sent
 * - `notTried`: nothing was sent, or nothing of it was carried out
 */
export type PlanEnd =
  | 'done'
  | 'refused'
  | 'unknown'
  | 'conflict'
  | 'recalled'
  | 'gone'
  | 'nothingToDo'
  | 'unreadable'
  | 'busy'
  | 'notTried';

/** One message in a report. */
export interface ReportRow {
  /** Its place in the plan. */
  readonly index: number;
  readonly address: MessageAddress;
  readonly end: PlanEnd;
  /** What the service answered. */
  readonly code?: number;
  readonly info?: string;
  /** The entry of the journal. */
  readonly revision?: Revision;
}

/** What became of a plan, as the journal has it. */
export interface PlanReport {
  readonly rows: readonly ReportRow[];
  readonly counts: Readonly<Record<PlanEnd, number>>;
}

/** Counts what became of a plan from what is on the disk: the journal, and for what was never sent, the notes. */
export async function reportOf(
  plan: Plan,
  journal: Pick<Journal, 'list'>,
  notes: readonly PlanNote[],
): Promise<PlanReport> {
  const newest = new Map<string, Revision>();
  for (const revision of await journal.list({ connectionId: plan.connection.id, plan: plan.id })) {
    const key = keyOf(revision.item, revision.address);
    const known = newest.get(key);
    // Of several tries the one that was carried out counts; there is one at most.
    if (!known || (revision.outcome.state === 'done' && known.outcome.state !== 'done'))
      newest.set(key, revision);
  }
  const noted = new Map(notes.map((note) => [note.index, note]));
  const counts: Record<PlanEnd, number> = {
    done: 0,
    refused: 0,
    unknown: 0,
    conflict: 0,
    recalled: 0,
    gone: 0,
    nothingToDo: 0,
    unreadable: 0,
    busy: 0,
    notTried: 0,
  };
  const rows = plan.items.map(({ address, source }, index): ReportRow => {
    const revision = newest.get(keyOf(source && index, address));
    const row = rowOf(index, revision?.address ?? address, revision, noted.get(index));
    counts[row.end] += 1;
    return row;
  });
  return { rows, counts };
}

/** What goes into a group has no name of its own before it is there, but a place in its plan. */
function keyOf(item: number | undefined, address: MessageAddress): string {
  return item === undefined ? addressKey(address) : String(item);
}

function rowOf(
  index: number,
  address: MessageAddress,
  revision: Revision | undefined,
  note: PlanNote | undefined,
): ReportRow {
  const end = revision && endOf(revision);
  // What a reading said later, nothing having been done, is newer than a try that came to nothing.
  if (note && (end === undefined || end === 'notTried' || end === 'refused'))
    return { index, address, end: note.end, ...(note.code !== undefined && { code: note.code }) };
  if (!revision || end === undefined) return { index, address, end: 'notTried' };
  const { code, info } = revision.outcome;
  return {
    index,
    address,
    end,
    revision,
    ...(code !== undefined && { code }),
    ...(info !== undefined && { info }),
  };
}

function endOf({ outcome: { state, info } }: Revision): PlanEnd {
  switch (state) {
    case 'done':
      return 'done';
    case 'refused':
      return 'refused';
    case 'foreign':
      return info === 'recalled' || info === 'gone' ? info : 'conflict';
    case 'notDone':
      return 'notTried';
    case 'pending':
    case 'unknown':
      return 'unknown';
  }
}

/** True for what another try may change. What is not known is found out first. */
export function mayBeTried({ end }: ReportRow): boolean {
  return end === 'notTried' || end === 'unknown' || end === 'unreadable' || end === 'busy';
}

/** A message in a report as JSON and CSV have it. */
interface WrittenRow extends WireAddress {
  /** Of an import: its place in the list, from 1. */
  readonly item?: number;
  readonly end: PlanEnd | 'leftOut';
  readonly ErrorCode?: number;
  readonly ErrorInfo?: string;
  /** Why it was left out. */
  readonly reason?: string;
  readonly revision?: string;
}

/** Words a reason for a person. */
type ReasonText = (reason: LeftOutReason) => string;

/** The report as JSON, for people and programs. */
export function reportJson(plan: Plan, report: PlanReport, reasonText?: ReasonText): string {
  const { id, at, connection, origin, accounts } = plan;
  const { name, endpoint, sdkAppId, environment } = connection;
  const app = { name, endpoint, SDKAppID: sdkAppId, environment };
  const text = {
    ...{ plan: id, at: new Date(at).toISOString(), app, origin },
    ...(accounts && { accountsImportedFirst: accounts }),
    ...{ counts: report.counts, messages: writtenRows(plan, report) },
    ...(plan.leftOut && { leftOut: leftOutRows(plan, reasonText) }),
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

const COLUMNS = [
  'From_Account',
  'To_Account',
  'MsgKey',
  'GroupId',
  'TopicId',
  'MsgSeq',
  'end',
  'ErrorCode',
  'ErrorInfo',
  'revision',
] as const;

/** The report as CSV (RFC 4180), with a first line of names. */
export function reportCsv(plan: Plan, report: PlanReport, reasonText?: ReasonText): string {
  const columns: readonly (keyof WrittenRow)[] = importOf(plan) ? ['item', ...COLUMNS, 'reason'] : COLUMNS;
  const rows = [...writtenRows(plan, report), ...leftOutRows(plan, reasonText)];
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function writtenRows({ items }: Plan, { rows }: PlanReport): WrittenRow[] {
  return rows.map(({ index, address, end, code, info, revision }) => {
    const source = items[index]?.source;
    return {
      ...(source && { item: source.index + 1 }),
      ...wireAddress(address),
      // A group's message says who sent it, and of one that is not there this is all that names it.
      ...(source && address.chat === 'group' && { From_Account: source.from }),
      end,
      ...(code !== undefined && { ErrorCode: code }),
      ...(info !== undefined && { ErrorInfo: info }),
      ...(revision && { revision: revision.id }),
    };
  });
}

function leftOutRows({ leftOut = [] }: Plan, reasonText: ReasonText = (reason) => reason): WrittenRow[] {
  return leftOut.map(({ index, address, code, reason }) => ({
    ...(index >= 0 && { item: index + 1 }),
    ...(address && wireAddress(address)),
    end: 'leftOut',
    ...(code !== undefined && { ErrorCode: code }),
    reason: reasonText(reason),
  }));
}

interface WireAddress {
  readonly From_Account?: string;
  readonly To_Account?: string;
  readonly MsgKey?: string;
  readonly GroupId?: string;
  readonly TopicId?: string;
  readonly MsgSeq?: number;
}

function wireAddress(address: MessageAddress): WireAddress {
  if (address.chat === 'c2c')
    return { From_Account: address.from, To_Account: address.to, MsgKey: address.key };
  const { group, topic, seq } = address;
  return { GroupId: group, ...(topic !== undefined && { TopicId: topic }), ...(seq > 0 && { MsgSeq: seq }) };
}

/** A text that a spreadsheet would take for a formula is text of others: it gets a quote before it. */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
