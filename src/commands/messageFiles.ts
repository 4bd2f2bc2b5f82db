import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { NEW_MESSAGE } from '../message/newMessage';
import { placeToSave } from './placeToSave';

/** The commands for message documents that lie in a folder, without a connection. */
export function messageFileCommands(): Pick<CommandHandlers, 'messageFileNew'> {
  return { messageFileNew: newMessageFile };
}

/** Asks where, writes a message to begin with, and opens it. */
async function newMessageFile(): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: placeToSave('message.chatmsg.json'),
    title: vscode.l10n.t('New Message File'),
    saveLabel: vscode.l10n.t('Create'),
    filters: { [vscode.l10n.t('Message files')]: ['chatmsg.json'] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(NEW_MESSAGE, 'utf8'));
  await vscode.commands.executeCommand('vscode.open', target);
}
