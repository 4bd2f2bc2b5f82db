import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { statusItemIds } from '../contributions/ids';
import { refKey, type MessageRef } from '../documents/messageRef';
import { messageName } from '../ui/messageName';

const SHOWN_MS = 30_000;
const SAID_MS = 6_000;

/** Says in the status bar how a modify ended, with *Undo*. */
export class ModifyStatus implements vscode.Disposable {
  private item: vscode.StatusBarItem | undefined;
  private hide: NodeJS.Timeout | undefined;
  /** Of the message that the item speaks of. */
  private shown: string | undefined;

  /** A message is being modified: what was done to another one before is no longer the last thing done. */
  begins(ref: MessageRef): void {
    if (this.shown !== refKey(ref)) this.item?.hide();
  }

  /** A message was modified; the item offers to undo it. */
  modified(ref: MessageRef, revisionId: string): void {
    this.shown = refKey(ref);
    const item = (this.item ??= vscode.window.createStatusBarItem(
      statusItemIds.modified,
      vscode.StatusBarAlignment.Left,
      100,
    ));
    item.name = vscode.l10n.t('Tencent Chat: Last Modification');
    item.text = vscode.l10n.t('$(check) Message modified: {0} $(discard) Undo', messageName(ref));
    item.tooltip = vscode.l10n.t(
      'Undo this modification: the old content becomes a draft and is sent after the usual checks',
    );
    item.command = asCommand(vscode.l10n.t('Undo'), commands.modificationUndo, revisionId);
    item.show();
    clearTimeout(this.hide);
    this.hide = setTimeout(() => item.hide(), SHOWN_MS);
  }

  /** A short remark that needs no answer. */
  say(message: string): void {
    vscode.window.setStatusBarMessage(message, SAID_MS);
  }

  dispose(): void {
    clearTimeout(this.hide);
    this.item?.dispose();
  }
}
