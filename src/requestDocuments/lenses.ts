import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { callingBlocks, requestsOf } from './parsed';
import { requestLineOf } from '../requests/document';
import { rangeIn } from '../ui/ranges';

/** *Send* above each request, and *Send All* above the first of several. */
export class RequestLenses implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const blocks = callingBlocks(requestsOf(document));
    return blocks.flatMap((block, index) => {
      const line = requestLineOf(block);
      if (!line) return [];
      const range = rangeIn(document, line);
      const which = { uri: document.uri, offset: line.offset };
      const send = asCommand(vscode.l10n.t('Send'), commands.requestSend, which);
      const all = asCommand(vscode.l10n.t('Send All'), commands.requestSendAll, which);
      return [
        new vscode.CodeLens(range, send),
        ...(index === 0 && blocks.length > 1 ? [new vscode.CodeLens(range, all)] : []),
      ];
    });
  }
}
