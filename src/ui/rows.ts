import type * as vscode from 'vscode';
import { plainLines, plainText, textLimits } from './plainText';

/** What a row of a tree says. */
export type RowTexts = Pick<
  vscode.TreeItem,
  'label' | 'description' | 'tooltip' | 'accessibilityInformation'
>;

/** A row of a tree with all that it says as plain text. Each tree gives its rows through this. */
export function plainRow<Item extends RowTexts>(item: Item): Item {
  if (typeof item.label === 'string') item.label = plainText(item.label, textLimits.line);
  if (typeof item.description === 'string') item.description = plainText(item.description, textLimits.line);
  if (typeof item.tooltip === 'string') item.tooltip = plainLines(item.tooltip);
  if (item.accessibilityInformation) {
    const { label, role } = item.accessibilityInformation;
    item.accessibilityInformation = { label: plainText(label), ...(role === undefined ? {} : { role }) };
  }
  return item;
}
