import * as vscode from 'vscode';
import { changedMembers } from '../message/changes';
import { summarize } from '../message/summary';
import type { Preview } from '../bulk/preview';
import type { PlanItem } from '../bulk/plan';
import type { MessageContent } from '../chat/chatMessage';
import { messageName } from '../ui/messageName';
import { plainText } from '../ui/plainText';
import { leftText } from './leftTexts';

/** So much of a text stands in the table. */
const LONGEST = 60;

/** A plan as a text to read: what it leaves out and why, and every message that it modifies, one a line. */
export function planTable({ plan, left }: Preview): string {
  const { items, connection } = plan;
  const lines = [vscode.l10n.t('{0} messages of {1} will be modified', items.length, connection.name)];
  if (left.length > 0) {
    lines.push('', vscode.l10n.t('Left out: {0}', left.length));
    for (const { item, why } of left) lines.push(row('–', messageName(item), leftText(why)));
  }
  lines.push('', vscode.l10n.t('To be modified: {0}', items.length));
  for (const [index, item] of items.entries()) {
    const { base, content } = item;
    lines.push(
      row(String(index + 1), messageName(item), membersOf(item), `${short(base)} → ${short(content)}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function membersOf({ base, content }: PlanItem): string {
  return changedMembers(base, content).join(', ');
}

function short(content: MessageContent): string {
  const { text } = summarize(content);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** One message is one line, whatever it says. */
function row(...cells: readonly string[]): string {
  return cells.map((cell) => plainText(cell).replace(/\s+/g, ' ')).join('  |  ');
}
