import { c2cAddress, groupAddress } from '../chat/address';
import { RECALLED_FLAG } from '../chat/chatMessage';
import { formatMsgKey } from '../chat/msgKey';
import { itemTexts, memberText, memberTexts } from '../json/trustingScanner';
import { formatItem, type ListedMessage } from '../lists/formatList';

/** The messages of a sandbox's snapshot as items of a list: conversation by conversation, oldest first. */
export function* snapshotItems(snapshot: string): Generator<string> {
  for (const name of ['Messages', 'GroupMessages']) {
    for (const text of itemTexts(memberText(snapshot, name) ?? '[]')) yield formatItem(messageOf(text));
  }
}

function messageOf(text: string): ListedMessage {
  const members = memberTexts(text);
  const value = (name: string): unknown => JSON.parse(members.get(name) ?? 'null') as unknown;
  const word = (name: string): string => {
    const text = value(name);
    return typeof text === 'string' ? text : '';
  };
  const count = (name: string): number => Number(value(name) ?? 0);
  const group = word('GroupId');
  const time = count('MsgTimeStamp');
  const sender = word('From_Account');
  const place = count('IsPlaceMsg');
  const [msgBody, cloudCustomData] = [members.get('MsgBody'), members.get('CloudCustomData')];
  return {
    address:
      group === ''
        ? c2cAddress(
            sender,
            word('To_Account'),
            formatMsgKey({ seq: count('MsgSeq'), random: count('MsgRandom'), time }),
          )
        : groupAddress(group, count('MsgSeq'), word('TopicId')),
    sender,
    time,
    flags: place === 2 ? RECALLED_FLAG : count('MsgFlagBits'),
    content: {
      ...(msgBody !== undefined && { msgBody }),
      ...(cloudCustomData !== undefined && { cloudCustomData }),
    },
    ...(place === 1 && { isGone: true }),
    ...(count('IsSystemMsg') === 1 && { isSystem: true }),
  };
}
