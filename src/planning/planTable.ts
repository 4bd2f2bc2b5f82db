import * as vscode from 'vscode';
import type { Preview } from '../bulk/preview';
import { changeText } from '../ui/changeText';
import { messageName } from '../ui/messageName';
import { plainText } from '../ui/plainText';
import { leftText } from './leftTexts';

/** A plan as a text to read: what it leaves out and why, and every message that it modifies, one a line. */
export function planTable({ plan, left }: Preview): string {
  const { items, connection } = plan;
  const lines = [vscode.l10n.t('{0} messages of {1} will be modified', items.length, connection.name)];
  if (left.length > 0) {
    lines.push('', vscode.l10n.t('Left out: {0}', left.length));
    lines.push(...table(left.map(({ item, why }) => ['–', messageName(item), leftText(why)])));
  }
  lines.push('', vscode.l10n.t('To be modified: {0}', items.length));
  const rows = items.map((item, index) => [
    String(index + 1),
    messageName(item),
    changeText(item.base, { ...item.base, ...item.content }) ?? '',
  ]);
  lines.push(...table(rows));
  return `${lines.join('\n')}\n`;
}

/** One message is one line, whatever it says; what is before its last cell stands below each other. */
function table(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => plainText(cell).replace(/\s+/g, ' ')));
  const widths = cells.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)),
    [],
  );
  return cells.map((row) =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  |  '),
  );
}
