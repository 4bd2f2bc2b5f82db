import type { C2cAddress, C2cChat } from '../address';
import { isEnclosed } from '../../json/enclosed';
import { isJson } from '../../json/strictScanner';
import type { MessageContent } from '../chatMessage';
import { readSuccess } from '../wire/answer';
import type { Caller } from '../wire/caller';
import { patiently } from '../wire/patientCall';
import { requestBody } from '../wire/request';
import { chatCalls } from './chatCalls';
import { findC2cMessage } from './c2cFind';
import { c2cHistory } from './c2cHistory';
import type { Chats, FoundMessage, HistoryPage, HistoryRequest } from './chats';

/** Conversations of two users: `admin_getroammsg`, `modify_c2c_msg`, `admin_msgwithdraw`. */
export class C2cChats implements Chats<C2cChat, C2cAddress> {
  /** @param now the clock in milliseconds, for windows without an end */
  constructor(
    private readonly call: Caller,
    private readonly now: () => number,
  ) {}

  history(request: HistoryRequest<C2cChat>, signal?: AbortSignal): AsyncIterable<HistoryPage> {
    return c2cHistory(patiently(this.call), request, this.now, signal);
  }

  /** From the sender's view first, then from the receiver's: the two can differ. */
  find(address: C2cAddress, signal?: AbortSignal): Promise<FoundMessage | undefined> {
    return findC2cMessage(this.call, address, signal);
  }

  async modify(
    address: C2cAddress,
    content: MessageContent,
    signal?: AbortSignal,
    asTyped = false,
  ): Promise<void> {
    const command = chatCalls.c2c.modify;
    const { msgBody, cloudCustomData } = content;
    const members = { MsgBody: msgBody, CloudCustomData: cloudCustomData };
    const body = requestBody(addressOnWire(address), members, asTyped ? isEnclosed : isJson);
    return this.call(command, body, readSuccess(command), signal);
  }

  /** Of any age. */
  recall(address: C2cAddress, signal?: AbortSignal): Promise<void> {
    const command = chatCalls.c2c.recall;
    return this.call(command, requestBody(addressOnWire(address)), readSuccess(command), signal);
  }
}

function addressOnWire({ from, to, key }: C2cAddress) {
  return { From_Account: from, To_Account: to, MsgKey: key };
}
