import { randomBytes } from 'node:crypto';
import type { MessageContent } from '../chatMessage';
import { readFields } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { inParts, requestBody } from '../wire/request';

/** A message for a group. Names and units as in `send_group_msg` (269/1629). */
export interface NewGroupMessage {
  readonly group: string;
  readonly topic?: string;
  /** Sender; the administrator when absent. */
  readonly from?: string;
  /** JSON text of the array of elements. */
  readonly msgBody: string;
  /** JSON text of a string. */
  readonly cloudCustomData?: string;
  /** `Random`; drawn here when absent. The service drops what has the same content and random within 5 minutes. */
  readonly random?: number;
  readonly priority?: 'High' | 'Normal' | 'Low';
  /** The members who get it, 50 at most; all when absent. */
  readonly to?: readonly string[];
  /** Delivered to who is online, and not stored. */
  readonly onlineOnly?: boolean;
  /** JSON text of `GroupAtInfo`. */
  readonly groupAtInfo?: string;
  /** `SendMsgControl`, e.g. `NoUnread`. */
  readonly sendMsgControl?: readonly string[];
  /** `ForbidCallbackControl`, e.g. `ForbidBeforeSendMsgCallback`. */
  readonly forbidCallbackControl?: readonly string[];
  /** JSON text of `OfflinePushInfo`. */
  readonly offlinePushInfo?: string;
}

export interface SentGroupMessage {
  readonly seq: number;
  /** `MsgTime`, Unix seconds. */
  readonly time: number;
  /** Why the service dropped it, `MsgFreqCtrl` say; empty for a message that was sent. */
  readonly dropReason: string;
}

/** An old message for a group. */
interface ImportedGroupMessage extends MessageContent {
  readonly from: string;
  readonly msgBody: string;
  /** `SendTime`, Unix seconds: above the message before, the group's newest, and when it was made; not after now. */
  readonly time: number;
  readonly random?: number;
}

export interface GroupImport {
  readonly group: string;
  readonly topic?: string;
  /** By rising time. */
  readonly messages: readonly ImportedGroupMessage[];
  /** Moves the group up in the members' lists of conversations. */
  readonly updatesContacts?: boolean;
}

/** What became of one message; `code` 0 is success. */
export interface GroupMessageResult {
  readonly seq: number;
  readonly code: number;
}

export interface GroupRecall {
  readonly group: string;
  readonly topic?: string | undefined;
  readonly seqs: readonly number[];
  /** At most 100 bytes. */
  readonly reason?: string;
}

/** The most messages that `import_group_msg` takes (269/1635). */
const IMPORTS = 7;
/** The most messages that `group_msg_recall` takes (269/12341). */
const RECALLS = 10;

export async function sendGroupMessage(
  call: Caller,
  message: NewGroupMessage,
  signal?: AbortSignal,
): Promise<SentGroupMessage> {
  const command = 'group_open_http_svc/send_group_msg';
  const body = requestBody(
    {
      GroupId: message.group,
      TopicId: message.topic,
      From_Account: message.from,
      Random: message.random ?? randomBytes(4).readUInt32BE(),
      MsgPriority: message.priority,
      To_Account: message.to,
      OnlineOnlyFlag: message.onlineOnly ? 1 : undefined,
      SendMsgControl: message.sendMsgControl,
      ForbidCallbackControl: message.forbidCallbackControl,
    },
    {
      MsgBody: message.msgBody,
      CloudCustomData: message.cloudCustomData,
      GroupAtInfo: message.groupAtInfo,
      OfflinePushInfo: message.offlinePushInfo,
    },
  );
  const read = readFields(command, (fields) => ({
    seq: fields.integer('MsgSeq'),
    time: fields.integer('MsgTime'),
    dropReason: fields.get('MsgDropReason') === undefined ? '' : fields.string('MsgDropReason'),
  }));
  return call(command, body, read, signal);
}

/**
 * Imports messages in the order given, 7 a call. A call that fails ends it: the times of what follows would be too old
 * once what failed is imported again.
 *
 * @param onResults told after each call of what became of its messages, in their order
 */
export async function importGroupMessages(
  call: Caller,
  { group, topic, messages, updatesContacts }: GroupImport,
  onResults: (results: readonly GroupMessageResult[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const command = 'group_open_http_svc/import_group_msg';
  const read = readFields(command, (fields) =>
    fields.objects('ImportMsgResult').map((item) => ({
      seq: item.integer('MsgSeq', 0),
      code: item.integer('Result', 0),
    })),
  );
  for (const part of inParts(messages, IMPORTS)) {
    const list = part.map(({ from, time, random, msgBody, cloudCustomData }) =>
      requestBody(
        { From_Account: from, SendTime: time, Random: random },
        { MsgBody: msgBody, CloudCustomData: cloudCustomData },
      ),
    );
    const body = requestBody(
      { GroupId: group, TopicId: topic, RecentContactFlag: updatesContacts ? 1 : undefined },
      { MsgList: `[${list.join(',')}]` },
    );
    onResults(await call(command, body, read, signal));
  }
}

/** Recalls messages of one group or topic, 10 a call; irreversible. @returns what became of each */
export async function recallGroupMessages(
  call: Caller,
  { group, topic, seqs, reason }: GroupRecall,
  signal?: AbortSignal,
): Promise<GroupMessageResult[]> {
  const command = 'group_open_http_svc/group_msg_recall';
  const results: GroupMessageResult[] = [];
  const read = readFields(command, (fields) =>
    fields.objects('RecallRetList').map((item) => ({
      seq: item.integer('MsgSeq'),
      code: item.integer('RetCode', 0),
    })),
  );
  for (const part of inParts(seqs, RECALLS)) {
    const body = requestBody({
      GroupId: group,
      TopicId: topic,
      MsgSeqList: part.map((MsgSeq) => ({ MsgSeq })),
      Reason: reason,
    });
    results.push(...(await call(command, body, read, signal)));
  }
  return results;
}
