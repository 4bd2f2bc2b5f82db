import { c2cAddress, groupAddress, type MessageAddress } from '../chat/address';
import { ChatServiceError } from '../chat/errors';
import { formatMsgKey } from '../chat/msgKey';
import { readFields, ShapeError, type Fields } from '../chat/wire/answer';
import type { FailedReceiver } from '../journal/revision';
import { sendCalls } from '../outgoing/members';
import type { Attempt } from './attempt';

/** What the service says that it did. */
export interface Sent {
  /** The messages it made: one, and of one to many one for each who got it. */
  readonly addresses: readonly MessageAddress[];
  readonly failed: readonly FailedReceiver[];
  /** Why it dropped a group's message instead (`MsgDropReason`). */
  readonly dropped?: string;
}

/**
 * Reads the answer to a sending call.
 *
 * @throws ChatNetworkError `malformed` when it does not say which message was made, though it succeeded
 * @throws ChatServiceError when an import was not taken
 */
export function readSent(attempt: Attempt, text: string): Sent {
  return readFields(sendCalls[attempt.kind], (fields) => sentOf(attempt, fields))(text);
}

function sentOf({ kind, from, to, place, time = 0, ...id }: Attempt, fields: Fields): Sent {
  const all = (key: string, failed: readonly FailedReceiver[] = []): Sent => {
    const without = new Set(failed.map(({ userId }) => userId));
    const addresses = to.filter((one) => !without.has(one)).map((one) => c2cAddress(from, one, key));
    return { addresses, failed };
  };
  const inGroup = (seq: number): MessageAddress[] =>
    place ? [groupAddress(place.group, seq, place.topic)] : [];
  switch (kind) {
    case 'sendmsg':
      return all(fields.string('MsgKey'));
    case 'batchsendmsg': {
      const failed = fields
        .objects('ErrorList')
        .map((item) => ({ userId: item.string('To_Account'), code: item.integer('ErrorCode') }));
      const nobody = to.every((one) => failed.some(({ userId }) => userId === one));
      return all(nobody ? '' : fields.string('MsgKey'), failed);
    }
    case 'importmsg':
      // The answer has no key: all that it is made of was in the request.
      return all(formatMsgKey({ ...id, time }));
    case 'send_group_msg': {
      const dropped = fields.get('MsgDropReason') === undefined ? '' : fields.string('MsgDropReason');
      if (dropped !== '') return { addresses: [], failed: [], dropped };
      return { addresses: inGroup(fields.integer('MsgSeq')), failed: [] };
    }
    case 'import_group_msg': {
      const [result] = fields.objects('ImportMsgResult');
      if (!result) throw new ShapeError('ImportMsgResult is empty');
      const code = result.integer('Result', 0);
      if (code !== 0) throw new ChatServiceError(sendCalls[kind], code, '');
      return { addresses: inGroup(result.integer('MsgSeq')), failed: [] };
    }
  }
}
