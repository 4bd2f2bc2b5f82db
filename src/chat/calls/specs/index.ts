import { families, type CallFamily, type FamilyName } from '../families';
import { accountCalls } from './accounts';
import { contactCalls } from './contacts';
import { groupingCalls } from './conversationGroups';
import type { CallEntry, FieldType } from './entry';
import { extensionCalls } from './extensions';
import { groupExtraCalls } from './groupExtras';
import { groupCalls } from './groups';
import { messageCalls } from './messages';
import { operationCalls } from './operations';
import { profileCalls } from './profiles';
import { pushCalls } from './pushes';
import { relationCalls } from './relations';
import { robotCalls } from './robots';

export { fieldOf, type Field, type FieldType } from './entry';

/** What is known of one REST call. Client, sandbox and documentation derive from it. */
export interface CallSpec extends CallFamily {
  /** `service/command` as in the path. */
  readonly name: CallName;
  readonly family: FamilyName;
  /** Changes nothing: it may be repeated whatever became of it, and a read-only connection allows it. */
  readonly readOnly: boolean;
  /** No other call takes back what it did, so a person is asked every time. */
  readonly irreversible: boolean;
  /** Calls a second that one app may make. */
  readonly perSecond: number;
  /** The page that describes it. */
  readonly doc?: string;
  /** Members of the request as far as they are known, by today's names; see `CallEntry`. */
  readonly body: Readonly<Record<string, FieldType>>;
}

const table = {
  ...messageCalls,
  ...contactCalls,
  ...accountCalls,
  ...profileCalls,
  ...relationCalls,
  ...groupCalls,
  ...groupExtraCalls,
  ...groupingCalls,
  ...extensionCalls,
  ...pushCalls,
  ...operationCalls,
  ...robotCalls,
} as const;

/** A call that is described here, as `service/command`. */
export type CallName = keyof typeof table;

function asSpec(name: CallName): CallSpec {
  const { does, doc, perSecond = 200, body, ...own }: CallEntry = table[name];
  const family = name.slice(0, name.indexOf('/')) as FamilyName;
  return {
    ...families[family],
    ...own,
    name,
    family,
    readOnly: does === 'read',
    irreversible: does === 'remove',
    perSecond,
    body,
    ...(doc !== undefined && { doc: pageOf(doc) }),
  };
}

function pageOf(doc: string): string {
  return doc.startsWith('269/')
    ? `https://cloud.tencent.com/document/product/${doc}`
    : `https://trtc.io/document/${doc}`;
}

const specs: ReadonlyMap<string, CallSpec> = new Map(
  (Object.keys(table) as CallName[]).map((name) => [name, asSpec(name)]),
);

/** All described calls, by service. */
export const callSpecs: readonly CallSpec[] = [...specs.values()];

/** The description of a call that has one. */
export function specOf(name: CallName): CallSpec {
  return specs.get(name) ?? asSpec(name);
}

/** The description of any call; undefined for one that nobody described, which then counts as one that writes. */
export function findSpec(command: string): CallSpec | undefined {
  return specs.get(command);
}

/** True when a call is known to change nothing. */
export function isReadOnlyCall(command: string): boolean {
  return specs.get(command)?.readOnly === true;
}

/** True when a call does what no other call takes back. */
export function isIrreversible(command: string): boolean {
  return specs.get(command)?.irreversible === true;
}
