import * as vscode from 'vscode';
import { plainLines, plainText, textLimits } from './plainText';

const SAID_MS = 6_000;

/**
 * A short remark in the status bar that needs no answer. @param icon a codicon that stands before it
 *
 * @returns what takes it back before its time
 */
export function sayInStatusBar(text: string, icon?: string): vscode.Disposable {
  return vscode.window.setStatusBarMessage(withIcon(text, icon), SAID_MS);
}

/** What an item of the status bar shows. */
export interface StatusItemLook {
  /** What the item is called where it can be hidden. */
  readonly name: string;
  /** Texts side by side, each with a codicon before it. */
  readonly parts: readonly { readonly text: string; readonly icon?: string }[];
  readonly tooltip: string;
  readonly command?: vscode.Command;
  readonly backgroundColor?: vscode.ThemeColor;
}

/** An item of the status bar, which is made when it is first shown. */
export class StatusItem implements vscode.Disposable {
  private item: vscode.StatusBarItem | undefined;

  /** @param priority the higher, the further to the left */
  constructor(
    private readonly id: string,
    private readonly priority: number,
  ) {}

  show({ name, parts, tooltip, command, backgroundColor }: StatusItemLook): void {
    const item = (this.item ??= vscode.window.createStatusBarItem(
      this.id,
      vscode.StatusBarAlignment.Left,
      this.priority,
    ));
    item.name = name;
    item.text = parts.map(({ text, icon }) => withIcon(text, icon)).join(' ');
    item.tooltip = plainLines(tooltip);
    item.command = command;
    item.backgroundColor = backgroundColor;
    item.show();
  }

  hide(): void {
    this.item?.hide();
  }

  dispose(): void {
    this.item?.dispose();
  }
}

function withIcon(text: string, icon: string | undefined): string {
  const shown = plainText(text, textLimits.line);
  return icon === undefined ? shown : `$(${icon}) ${shown}`;
}
