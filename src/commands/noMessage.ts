import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { NothingToDo } from '../ui/noticeError';

/** For a command about a message where none is in view, nor named by a row. */
export function noMessage(): NothingToDo {
  return new NothingToDo(vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'), [
    asCommand(vscode.l10n.t('Open Message by Key…'), commands.messageOpenByKey),
  ]);
}
