import * as vscode from 'vscode';
import type { Node } from 'jsonc-parser';
import type { ChatMessage } from '../chat/chatMessage';
import { memberNode } from '../json/tree';
import { summarize } from '../message/summary';
import { addressText, keyOf } from '../ui/addressTexts';
import { plainText, textLimits } from '../ui/plainText';
import { fullTime } from '../ui/times';

/** So many messages are offered; who looks for an older one writes its key. */
const MOST_OFFERED = 200;

/**
 * Keys of the messages that the tree has read, newest first, as far as they fit what stands beside them in the body.
 *
 * @param name `MsgKey`, `LastMsgKey` or `MsgSeq`
 * @param object what the member stands in
 */
export function knownKeys(
  name: string,
  object: Node | undefined,
  messages: readonly ChatMessage[],
): vscode.CompletionItem[] {
  const told = (member: string): unknown => memberNode(object, member)?.value;
  const parties = ['From_Account', 'To_Account', 'Operator_Account', 'Peer_Account']
    .map(told)
    .filter((one) => typeof one === 'string' && one !== '' && !one.includes('{{'));
  const group = told('GroupId');
  return messages
    .filter(({ address }) => {
      if (address.chat === 'group')
        return name === 'MsgSeq' && (group === undefined || group === address.group);
      return name !== 'MsgSeq' && parties.every((one) => one === address.from || one === address.to);
    })
    .sort((one, other) => other.time - one.time)
    .slice(0, MOST_OFFERED)
    .map(({ address, content, time }, index) => {
      const { text } = keyOf(address);
      const written = name === 'MsgSeq' ? text : JSON.stringify(text);
      const item = new vscode.CompletionItem(
        { label: text, description: plainText(summarize(content).text, textLimits.line) },
        vscode.CompletionItemKind.Reference,
      );
      item.detail = plainText(`${addressText(address)} · ${fullTime(time)}`, textLimits.line);
      item.insertText = written;
      item.filterText = written;
      item.sortText = String(index).padStart(4, '0');
      return item;
    });
}
