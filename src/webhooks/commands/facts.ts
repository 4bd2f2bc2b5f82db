import { c2cAddress, groupAddress, type MessageAddress } from '../../chat/address';
import { isRecord, member } from '../../json/values';

/** What a webhook says, whichever it is. */
export interface EventFacts {
  /** UserID of who did it. */
  readonly who: string | undefined;
  /** UserIDs of whom it was done to. */
  readonly whom: readonly string[];
  readonly group: string | undefined;
  readonly topic: string | undefined;
  /** `MsgBody`, if it has one. */
  readonly body: unknown;
  /** The messages it names. */
  readonly addresses: readonly MessageAddress[];
}

/** Where webhooks name who did something; the first that is there. `[]` is every item of an array. */
const WHO = [
  'From_Account',
  'Report_Account',
  'Requestor_Account',
  'Requester_Account',
  'Operator_Account',
  'Info.To_Account',
  'PairList[].From_Account',
  'GroupMsgReceiptList[].ReadReceiptMembers[].Member_Account',
  'Owner_Account',
];
/** Where they name whom it was done to. */
const WHOM = [
  'To_Account',
  'Peer_Account',
  'DestinationMembers[].Member_Account',
  'NewMemberList[].Member_Account',
  'ExitMemberList[].Member_Account',
  'FriendItem[].To_Account',
  'ResponseFriendItem[].To_Account',
  'PairList[].To_Account',
  'FollowList[].To_Account',
  'NewOwner_Account',
  'Member_Account',
  'AtRobots_Account[]',
  'MemberList[].Member_Account',
];
const SEQS = ['MsgSeq', 'MsgSeqList[].MsgSeq', 'GroupMsgReceiptList[].MsgSeq'];

/** Reads what the body of a webhook says, by the names that the service's webhooks have in common; those nobody described too. */
export function eventFacts(body: unknown): EventFacts {
  const group = textAt(body, 'GroupId');
  const named = textAt(body, 'TopicId');
  // Outside of topics the service writes an empty one.
  const topic = named === '' ? undefined : named;
  return {
    who: WHO.map((path) => textAt(body, path)).find((name) => name !== undefined),
    whom: WHOM.map((path) => textsAt(body, path)).find((names) => names.length > 0) ?? [],
    group,
    topic,
    body: isRecord(body) ? member(body, 'MsgBody') : undefined,
    addresses: group === undefined ? c2cAddresses(body) : groupAddresses(body, group, topic),
  };
}

function c2cAddresses(body: unknown): readonly MessageAddress[] {
  return [body, ...valuesAt(body, 'C2CMsgInfo[]')].flatMap((one) => {
    const [from, to, key] = ['From_Account', 'To_Account', 'MsgKey'].map((name) => textAt(one, name));
    return from && to && key ? [c2cAddress(from, to, key)] : [];
  });
}

function groupAddresses(body: unknown, group: string, topic: string | undefined): readonly MessageAddress[] {
  const seqs = SEQS.map((path) => valuesAt(body, path)).find((found) => found.length > 0) ?? [];
  return seqs
    .filter((seq) => typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0)
    .map((seq) => groupAddress(group, Number(seq), topic));
}

function textAt(body: unknown, path: string): string | undefined {
  return textsAt(body, path)[0];
}

function textsAt(body: unknown, path: string): readonly string[] {
  return valuesAt(body, path).filter((value) => typeof value === 'string');
}

function valuesAt(body: unknown, path: string): readonly unknown[] {
  let values: readonly unknown[] = [body];
  for (const step of path.split('.')) {
    const every = step.endsWith('[]');
    const name = every ? step.slice(0, -2) : step;
    values = values.flatMap((value) => {
      const found = isRecord(value) ? member(value, name) : undefined;
      if (!every) return found === undefined ? [] : [found];
      return Array.isArray(found) ? (found as unknown[]) : [];
    });
  }
  return values;
}
