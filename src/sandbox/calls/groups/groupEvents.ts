import type { Group, Topic } from '../../store/groups/groups';
import type { GroupFacts } from '../../store/groups/groupRecords';
import type { CallContext } from '../call';

/** The profile of a group whose changes are told (1047/34378): nothing else is. */
const told = { name: 'Name', introduction: 'Introduction', notification: 'Notification', faceUrl: 'FaceUrl' };
const CREATE = 'Group.CallbackBeforeCreateGroup';
const INVITE = 'Group.CallbackBeforeInviteJoinGroup';
const TOPIC = 'Group.CallbackBeforeCreateTopic';

const members = (userIds: readonly string[]): { Member_Account: string }[] =>
  userIds.map((userId) => ({ Member_Account: userId }));

/** Does something after the app was asked, if it is to be asked; else at once. */
function asking<T>(
  { webhooks }: CallContext,
  command: string,
  facts: () => Record<string, unknown>,
  then: (refused: ReadonlySet<string>) => T,
): T | Promise<T> {
  return webhooks.wants(command) ? webhooks.ask(command, facts()).then(then) : then(new Set());
}

/** Asks before a group is made (1047/34368). `CreateGroupNum` counts the owner's groups of that type. */
export function askToCreate<T>(
  context: CallContext,
  { owner, type, name, users }: { owner: string; type: string; name: string; users: readonly string[] },
  then: () => T,
): T | Promise<T> {
  const facts = (): Record<string, unknown> => ({
    Operator_Account: context.administrator,
    Owner_Account: owner,
    Type: type,
    Name: name,
    CreateGroupNum: [...context.store.groups.all()].filter(
      ({ facts: made }) => made.owner === owner && made.type === type,
    ).length,
    MemberList: members(users),
    EventTime: context.now(),
  });
  return asking(context, CREATE, facts, then);
}

/** Tells that a group was made (1047/34369). */
export function tellCreated(
  context: CallContext,
  { id, type, owner, name, custom }: GroupFacts,
  users: readonly string[],
): void {
  context.webhooks.tellNow('Group.CallbackAfterCreateGroup', () => ({
    GroupId: id,
    Operator_Account: context.administrator,
    Owner_Account: owner,
    Type: type,
    Name: name,
    MemberList: members(users),
    UserDefinedDataList: Object.entries(custom).map(([Key, Value]) => ({ Key, Value })),
  }));
}

/** Asks before users are put into a group (1047/34371). */
export function askToAdd<T>(
  context: CallContext,
  group: Group,
  users: readonly string[],
  then: (refused: ReadonlySet<string>) => T,
): T | Promise<T> {
  const facts = (): Record<string, unknown> => ({
    ...operated(context, group),
    DestinationMembers: members(users),
    EventTime: context.now(),
  });
  return users.length > 0 ? asking(context, INVITE, facts, then) : then(new Set());
}

/** Tells that users were put into a group (1047/34372), and that it is full if it is (1047/34376). */
export function tellAdded(
  context: CallContext,
  group: Group,
  users: readonly string[],
  isFull: boolean,
): void {
  const facts = (): Record<string, unknown> => ({
    ...operated(context, group),
    JoinType: 'Invited',
    NewMemberList: members(users),
  });
  if (users.length > 0) context.webhooks.tellNow('Group.CallbackAfterNewMemberJoin', facts);
  if (isFull) context.webhooks.tellNow('Group.CallbackAfterGroupFull', () => ({ GroupId: group.id }));
}

/** Tells that users were put out of a group (1047/34373). */
export function tellRemoved(context: CallContext, group: Group, users: readonly string[]): void {
  if (users.length === 0) return;
  context.webhooks.tellNow('Group.CallbackAfterMemberExit', () => ({
    ...operated(context, group),
    ExitType: 'Kicked',
    ExitMemberList: members(users),
  }));
}

/** Tells that a group was disbanded (1047/34377). */
export function tellDestroyed({ webhooks }: CallContext, { id, facts, members: all }: Group): void {
  webhooks.tellNow('Group.CallbackAfterGroupDestroyed', () => ({
    GroupId: id,
    Type: facts.type,
    Owner_Account: facts.owner,
    Name: facts.name,
    MemberList: members([...all.keys()]),
  }));
}

/** Tells what changed in the profile of a group (1047/34378). */
export function tellChanged(context: CallContext, group: Group, before: GroupFacts): void {
  const changed = Object.entries(told).flatMap(([name, wire]) => {
    const value = group.facts[name as keyof typeof told];
    return value === before[name as keyof typeof told] ? [] : [[wire, value] as const];
  });
  if (changed.length === 0) return;
  context.webhooks.tellNow('Group.CallbackAfterGroupInfoChanged', () => ({
    ...operated(context, group),
    ...Object.fromEntries(changed),
  }));
}

/** Tells that a group has another owner (1047/60396). */
export function tellOwner(context: CallContext, group: Group, last: string): void {
  context.webhooks.tellNow('Group.CallbackAfterChangeGroupOwner', () => ({
    ...operated(context, group),
    OldOwner_Account: last,
    NewOwner_Account: group.facts.owner,
  }));
}

/** Asks before a topic is made (1047/49463). */
export function askForTopic<T>(
  context: CallContext,
  group: Group,
  name: string,
  then: () => T,
): T | Promise<T> {
  const facts = (): Record<string, unknown> => ({
    Operator_Account: context.administrator,
    Type: group.facts.type,
    Name: name,
  });
  return asking(context, TOPIC, facts, then);
}

/** Tells that a topic was made (1047/49464). */
export function tellTopic(context: CallContext, group: Group, topic: Topic['facts']): void {
  if (!context.webhooks.wants('Group.CallbackAfterCreateTopic')) return;
  context.webhooks.tell('Group.CallbackAfterCreateTopic', {
    ...operated(context, group),
    TopicId: topic.id,
    Owner_Account: group.facts.owner,
    Name: topic.name,
  });
}

function operated({ administrator }: CallContext, { id, facts }: Group): Record<string, unknown> {
  return { GroupId: id, Type: facts.type, Operator_Account: administrator };
}
