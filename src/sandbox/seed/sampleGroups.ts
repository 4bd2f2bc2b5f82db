import { elements } from '../../message/elements';
import type { GroupChange, GroupMessageRecord } from '../store/groups/groupRecords';
import { groupsOf } from './groupSeed';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The group of everyday talk, as long as a week. */
const CREW = '@TGS#2RELEASECREW';
/** The community; its messages stand in topics. */
const MAKERS = '@TGS#_@TGS#cMAKERS62CJ';
/** A live group keeps nothing. */
const LIVE = '@TGS#aFRIDAYDEMO';

const people = ['alice', 'bob', 'carol', 'dave', 'support-bot'] as const;

/** What the crew says, over and over. */
const lines = [
  'Who takes the release today?',
  'I do. Cutting the branch at ten.',
  '发版清单我更新好了，大家看一下。',
  'The upload test is flaky again, rerunning.',
  'Green now ✅',
  'Translations for the coupon page are in.',
  '谢谢！我来合并。',
  'Staging is up. Please click through the cart once.',
  'Cart is fine, but the receipt shows yesterday’s date.',
  'Time zone. Fixed in ten minutes.',
  'Rolling out to 10 % 🚀',
  'No new errors so far.',
  'Rolling out to everybody.',
  'Done. Notes are in the channel topic.',
  'هل انتهى الإصدار؟',
  'Yes, all done 🎉',
] as const;

/** The groups of the sample data. */
export function sampleGroups(): GroupChange[] {
  const members = people.map((Member_Account, index) => ({
    Member_Account,
    Role: index === 0 ? 'Owner' : index === 1 ? 'Admin' : 'Member',
    JoinTime: -6 * DAY - 12 * HOUR,
  }));
  const made = { CreateTime: -6 * DAY - 12 * HOUR, LastInfoTime: -6 * DAY - 12 * HOUR };
  return [
    {
      ...{ GroupId: CREW, Type: 'Public', Name: 'Release crew', Owner_Account: 'alice', ...made },
      ...{ Introduction: 'Everybody who ships', Notification: 'Freeze on Thursdays', MemberList: members },
    },
    {
      ...{ GroupId: MAKERS, Type: 'Community', Name: '创客社区 Makers', Owner_Account: 'carol', ...made },
      ...{ SupportTopic: 1, MemberList: members.slice(0, 4) },
      TopicList: [
        { TopicId: `${MAKERS}@TOPIC#_general`, TopicName: 'General', CreateTime: -6 * DAY },
        { TopicId: `${MAKERS}@TOPIC#_showcase`, TopicName: '作品展示 Showcase', CreateTime: -5 * DAY },
      ],
    },
    {
      ...{ GroupId: LIVE, Type: 'AVChatRoom', Name: 'Friday demo', Owner_Account: 'alice', ...made },
      ...{ NextMsgSeq: 57, LastMsgTime: -2 * HOUR, MemberList: members.slice(0, 1) },
    },
  ].flatMap((group) => groupsOf(group, group.GroupId));
}

/** The messages of groups of the sample data. They move no list of conversations. */
export function sampleGroupMessages(): GroupChange[] {
  return [...crewMessages(), ...topicMessages('general', 34), ...topicMessages('showcase', 12)];
}

/** A message before its time is known: seconds before the start of the sandbox. */
interface Item extends Omit<GroupMessageRecord, 'random' | 'time' | 'quiet'> {
  readonly ago: number;
}

/** Three hundred messages over more than six days, with every element, and all that a history can show instead of one. */
function crewMessages(): GroupChange[] {
  const samples = elements.map(({ type, sample }) => element(type, sample));
  return Array.from({ length: 300 }, (_, index) => {
    const seq = index + 1;
    const from = people[(index * 3 + Math.floor(index / 7)) % people.length] ?? 'alice';
    const ago = 6 * DAY + 6 * HOUR - Math.floor(index / 46) * DAY - (index % 46) * 420;
    const line = lines[index % lines.length] ?? '';
    const sample = index % 23 === 5 ? samples[Math.floor(index / 23) % samples.length] : undefined;
    return messageOf({ seq, from, ago, body: sample ?? textElement(line), ...oddities(seq) }, CREW);
  });
}

/** What is not an everyday message. */
function oddities(seq: number): Partial<Item> {
  switch (seq) {
    case 1:
      // As history shows that somebody joined: made by the service, its body no list of elements.
      return {
        from: '@TIM#SYSTEM',
        body: '{"MemberNum":5,"OpType":1,"OperatorMember_Account":"alice"}',
        system: true,
      };
    case 130:
    case 131:
      return { body: '[]', place: 1 };
    case 200:
    case 296:
      return { place: 2 };
    case 250:
      return { priority: 1, cloud: JSON.stringify('{"orderId":12345678901234567,"price":10.50}') };
    case 290:
      return {
        body:
          '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"@all new build"}},' +
          '{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"build\\":12345678901234567,' +
          '\\"link\\":\\"https:\\\\/\\\\/ci.example.com\\\\/4411\\"}","Desc":"Build 4411"}}]',
        cloud: cloudOf('ci', seq),
      };
    default:
      return seq % 10 === 0 ? { cloud: cloudOf('web', seq) } : {};
  }
}

function topicMessages(name: string, count: number): GroupChange[] {
  return Array.from({ length: count }, (_, index) => {
    const from = people[(index + name.length) % 4] ?? 'alice';
    const body = textElement(`${lines[(index * 5) % lines.length] ?? ''} (${name})`);
    const topic = `${MAKERS}@TOPIC#_${name}`;
    return messageOf({ seq: index + 1, from, ago: (count - index) * 3 * HOUR, body }, MAKERS, topic);
  });
}

function messageOf({ ago, ...item }: Item, group: string, topic?: string): GroupChange {
  const random = (item.seq * 2_654_435_761 + 99) % 4_294_967_296;
  const message = { priority: 2, ...item, random, time: -ago, quiet: true };
  return { kind: 'groupMessage', group, ...(topic !== undefined && { topic }), message };
}

/** JSON text of a CloudCustomData that names a client. */
function cloudOf(client: string, n: number): string {
  return JSON.stringify(JSON.stringify({ client, n }));
}

function textElement(Text: string): string {
  return element('TIMTextElem', { Text });
}

function element(MsgType: string, MsgContent: Record<string, unknown>): string {
  return `[${JSON.stringify({ MsgType, MsgContent })}]`;
}
