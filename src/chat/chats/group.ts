import { isEnclosed } from '../../json/enclosed';
import { isJson } from '../../json/strictScanner';
import type { GroupAddress, GroupChat } from '../address';
import { recallGroupMessages } from '../calls/groupMessages';
import type { MessageContent } from '../chatMessage';
import { ChatServiceError } from '../errors';
import { malformed, readSuccess } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { GROUP_HISTORY } from '../wire/groupHistoryAnswer';
import { patiently } from '../wire/patientCall';
import { requestBody } from '../wire/request';
import { chatCalls } from './chatCalls';
import type { Chats, FoundMessage, HistoryPage, HistoryRequest } from './chats';
import { groupHistory } from './groupHistory';
import { groupPages } from './groupPages';

/** Groups and their topics: `group_msg_get_simple`, `modify_group_msg`, `group_msg_recall`. */
export class GroupChats implements Chats<GroupChat, GroupAddress> {
  constructor(private readonly call: Caller) {}

  history(request: HistoryRequest<GroupChat>, signal?: AbortSignal): AsyncIterable<HistoryPage> {
    return groupHistory(patiently(this.call), request, signal);
  }

  /** By its MsgSeq, which is one call with one message. What is gone is not found; what was recalled is. */
  async find({ seq, ...chat }: GroupAddress, signal?: AbortSignal): Promise<FoundMessage | undefined> {
    const page = await groupPages(this.call, chat, signal)(1, seq);
    const odd = page.unreadable.find((item) => item.seq === seq);
    if (odd) throw malformed(GROUP_HISTORY, `${odd.member} of the message: ${odd.problem}`);
    const message = page.messages.find((item) => item.seq === seq);
    return message && !message.isGone ? { message, viewpoint: 'group' } : undefined;
  }

  async modify(
    { group, topic, seq }: GroupAddress,
    content: MessageContent,
    signal?: AbortSignal,
    asTyped = false,
  ): Promise<void> {
    const command = chatCalls.group.modify;
    const { msgBody, cloudCustomData } = content;
    const body = requestBody(
      { GroupId: group, MsgSeq: seq, TopicId: topic },
      { MsgBody: msgBody, CloudCustomData: cloudCustomData },
      asTyped ? isEnclosed : isJson,
    );
    return this.call(command, body, readSuccess(command), signal);
  }

  /** @throws ChatServiceError also with the code that stands beside the message in an answer that is OK as a whole */
  async recall({ group, topic, seq }: GroupAddress, signal?: AbortSignal): Promise<void> {
    const [result] = await recallGroupMessages(this.call, { group, topic, seqs: [seq] }, signal);
    if (result && result.code !== 0) throw new ChatServiceError(chatCalls.group.recall, result.code, '');
  }
}
