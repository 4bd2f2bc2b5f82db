import { fromRecord, toRecord, type MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { toCheckedJson } from '../files/checkedJson';
import { isRecord } from '../json/values';
import {
  plainConnection,
  type Revision,
  type RevisionConnection,
  type RevisionOutcome,
  type SentRequest,
} from './revision';

/**
 * The format of the files. A revision of a one-to-one message is written so that the version before, which knew no other
 * messages, reads it too: both may run in two windows at once.
 */
const FORMAT = { c2c: 1, group: 2 } as const;

/** Of what was imported, alone or in a group. */
export const IMPORT_FORMAT = 5;

/** Of what was sent or imported, which a version before does not know: it leaves files of a greater number alone. */
const NEWER_FORMAT: Readonly<Partial<Record<Revision['action'], number>>> = {
  send: 4,
  import: IMPORT_FORMAT,
};

/** The plain record of a revision in a file: the address's members stand beside the others. */
export type RevisionRecord = Omit<Revision, 'address'> & MessageAddress & { readonly format: number };

/** A revision without anything that a caller's object carries besides (a secret, say): members are named one by one. */
export function plainRevision(revision: Revision): Revision {
  const { id, at, action, connection, address, before, intent, outcome, plan, request, item } = revision;
  return {
    id,
    at,
    action,
    connection: plainConnection(connection),
    address: toRecord(address),
    before: before && plainContent(before),
    intent: plainContent(intent),
    outcome: plainOutcome(outcome),
    ...(plan !== undefined && { plan }),
    ...(request && { request: plainRequest(request) }),
    ...(item !== undefined && { item }),
  };
}

/** The record of a revision, for its file and for exports. */
export function revisionRecord(revision: Revision): RevisionRecord {
  const { id, at, action, connection, address, ...rest } = plainRevision(revision);
  const format = formatOf({ action, address });
  return { format, id, at, action, connection, ...address, ...rest };
}

/** The text of a revision's file. */
export function revisionText(revision: Revision): string {
  return toCheckedJson({ ...revisionRecord(revision) });
}

/** Checks a record that was read from a file; undefined when it is no revision of a known format. */
export function revisionFrom(record: Record<string, unknown>): Revision | undefined {
  const address = fromRecord(record);
  if (!address || !isRevision(record)) return undefined;
  const revision = { ...record, address };
  const isKnown =
    record.format === formatOf(revision) ||
    (record.action === 'send' && record.format === FORMAT[address.chat]);
  return isKnown ? plainRevision(revision) : undefined;
}

function formatOf({ action, address }: Pick<Revision, 'action' | 'address'>): number {
  return NEWER_FORMAT[action] ?? FORMAT[address.chat];
}

function plainContent({ msgBody, cloudCustomData }: MessageContent): MessageContent {
  return {
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  };
}

function plainRequest({ command, body, document }: SentRequest): SentRequest {
  return { command, body, document };
}

function plainOutcome({ state, code, info, readBack, at, failed }: RevisionOutcome): RevisionOutcome {
  return {
    state,
    ...(code !== undefined && { code }),
    ...(info !== undefined && { info }),
    ...(readBack && { readBack: plainContent(readBack) }),
    ...(at !== undefined && { at }),
    ...(failed && {
      failed: failed.map(({ userId, code: own }) => ({ userId, ...(own !== undefined && { code: own }) })),
    }),
  };
}

const states: readonly unknown[] = ['pending', 'done', 'refused', 'notDone', 'foreign', 'unknown'];
const actions: readonly unknown[] = ['modify', 'recall', 'send', 'import'];
const environments: readonly unknown[] = ['sandbox', 'test', 'production'];

/** True when all but the address is there. */
function isRevision(
  record: Record<string, unknown>,
): record is Record<string, unknown> & Omit<Revision, 'address'> {
  return (
    strings(record.id) &&
    typeof record.at === 'number' &&
    actions.includes(record.action) &&
    (record.action === 'send') === isRequest(record.request) &&
    (record.action === 'import') === Number.isSafeInteger(record.item) &&
    isConnection(record.connection) &&
    (record.before === null || isContent(record.before)) &&
    isContent(record.intent) &&
    optional('string', record.plan) &&
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
    (value.failed === undefined || (Array.isArray(value.failed) && value.failed.every(isFailed))) &&
    (value.readBack === undefined || isContent(value.readBack))
  );
}

function isFailed(value: unknown): boolean {
  return isRecord(value) && strings(value.userId) && optional('number', value.code);
}

function isRequest(value: unknown): boolean {
  return isRecord(value) && strings(value.command, value.body, value.document);
}

function strings(...values: unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function optional(type: 'string' | 'number', ...values: unknown[]): boolean {
  return values.every((value) => value === undefined || typeof value === type);
}
