import type { MessageContent } from '../chat/model';
import { toCheckedJson } from '../files/checkedJson';
import { isRecord } from '../json/values';
import type { Revision, RevisionConnection, RevisionEntry, RevisionOutcome } from './revision';

/**
 * The plain record of a revision. Members are named one by one: nothing that a caller's object carries besides (a
 * secret, say) gets onto the disk.
 */
export function toRecord(revision: Revision): Revision {
  const { id, at, outcome } = revision;
  return { format: 1, id, at, ...plainEntry(revision), outcome: plainOutcome(outcome) };
}

/** The text of a revision's file. */
export function revisionText(revision: Revision): string {
  return toCheckedJson({ ...toRecord(revision) });
}

/** Checks a record that was read from a file; undefined when it is no revision of this format. */
export function revisionFrom(record: Record<string, unknown>): Revision | undefined {
  return isRevision(record) ? toRecord(record) : undefined;
}

function plainEntry({ action, connection, from, to, key, before, intent }: RevisionEntry): RevisionEntry {
  const { id, name, endpoint, sdkAppId, administrator, environment } = connection;
  return {
    action,
    connection: { id, name, endpoint, sdkAppId, administrator, environment },
    from,
    to,
    key,
    before: before && plainContent(before),
    intent: plainContent(intent),
  };
}

function plainContent({ msgBody, cloudCustomData }: MessageContent): MessageContent {
  return {
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  };
}

function plainOutcome({ state, code, info, readBack, at }: RevisionOutcome): RevisionOutcome {
  return {
    state,
    ...(code !== undefined && { code }),
    ...(info !== undefined && { info }),
    ...(readBack && { readBack: plainContent(readBack) }),
    ...(at !== undefined && { at }),
  };
}

const states: readonly unknown[] = ['pending', 'done', 'refused', 'notDone', 'foreign', 'unknown'];
const environments: readonly unknown[] = ['sandbox', 'test', 'production'];

function isRevision(record: unknown): record is Revision {
  return (
    isRecord(record) &&
    record.format === 1 &&
    strings(record.id, record.from, record.to, record.key) &&
    typeof record.at === 'number' &&
    (record.action === 'modify' || record.action === 'recall') &&
    isConnection(record.connection) &&
    (record.before === null || isContent(record.before)) &&
    isContent(record.intent) &&
    isOutcome(record.outcome)
  );
}

function isConnection(value: unknown): value is RevisionConnection {
  return (
    isRecord(value) &&
    strings(value.id, value.name, value.endpoint, value.administrator) &&
    typeof value.sdkAppId === 'number' &&
    environments.includes(value.environment)
  );
}

function isContent(value: unknown): value is MessageContent {
  return isRecord(value) && optional('string', value.msgBody, value.cloudCustomData);
}

function isOutcome(value: unknown): value is RevisionOutcome {
  return (
    isRecord(value) &&
    states.includes(value.state) &&
    optional('number', value.code, value.at) &&
    optional('string', value.info) &&
    (value.readBack === undefined || isContent(value.readBack))
  );
}

function strings(...values: unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function optional(type: 'string' | 'number', ...values: unknown[]): boolean {
  return values.every((value) => value === undefined || typeof value === type);
}
