import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { statusItemIds } from '../contributions/ids';
import { refKey, type MessageRef } from '../chat/address';
import { messageName } from '../ui/messageName';
import { sayInStatusBar, StatusItem } from '../ui/statusBar';

const SHOWN_MS = 30_000;

/** Says in the status bar how a modify ended, with *Undo*. */
export class ModifyStatus implements vscode.Disposable {
  private readonly item = new StatusItem(statusItemIds.modified, 100);
  private hide: NodeJS.Timeout | undefined;
  /** Of the message that the item speaks of. */
  private shown: string | undefined;
  private remark: vscode.Disposable | undefined;

  /** @param did is told of each modify that was carried out, and of each that took one back */
  constructor(private readonly did: (what: 'modify' | 'undo') => void) {}

  /** A message is being modified: what was said before, or was done to another one, is no longer the last word. */
  begins(ref: MessageRef): void {
    this.remark?.dispose();
    if (this.shown !== refKey(ref)) this.item.hide();
  }

  /** A message was modified; the item offers to undo it. */
  modified(ref: MessageRef, revisionId: string): void {
    this.shown = refKey(ref);
    this.item.show({
      name: vscode.l10n.t('Tencent Chat: Last Modification'),
      parts: [
        { icon: 'check', text: vscode.l10n.t('Message modified: {0}', messageName(ref)) },
        { icon: 'discard', text: vscode.l10n.t('Undo') },
      ],
      tooltip: vscode.l10n.t(
        'Undo this modification: the old content becomes a draft and is sent after the usual checks',
      ),
      command: asCommand(vscode.l10n.t('Undo'), commands.modificationUndo, revisionId),
    });
    clearTimeout(this.hide);
    this.hide = setTimeout(() => this.item.hide(), SHOWN_MS);
    this.did('modify');
  }

  /** A modification was undone, and the message says again what it said. */
  undone(which: string, text: string): void {
    this.say(vscode.l10n.t('{0} is what it was: {1}', which, text));
    this.did('undo');
  }

  /** A short remark that needs no answer. */
  say(message: string): void {
    this.remark = sayInStatusBar(message);
  }

  dispose(): void {
    clearTimeout(this.hide);
    this.remark?.dispose();
    this.item.dispose();
  }
}
