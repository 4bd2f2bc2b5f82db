import * as vscode from 'vscode';
import type { RequestArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import { REQUEST_LANGUAGE } from '../contributions/ids';
import { blockAt, type Block } from '../requests/document';
import { callingBlocks, requestsOf } from '../requestDocuments/parsed';
import type { RequestRoom } from '../requestDocuments/createRequests';
import { newRequestDocument } from '../requestDocuments/newDocument';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { sayInStatusBar } from '../ui/statusBar';

/** What sends request documents, and what *New Request Document* works with. */
export function requestCommands(
  room: RequestRoom,
): Pick<CommandHandlers, 'requestSend' | 'requestSendAll' | 'requestStop' | 'requestAnswers' | 'requestNew'> {
  return {
    requestSend: async (which) => {
      const { document, block } = await blockOf(which);
      await room.sendAndShow(document, block);
    },
    requestSendAll: async (which) => {
      const document = await documentOf(which);
      await sendAll(room, document);
    },
    requestStop: () => {
      const count = room.sender.stop();
      sayInStatusBar(
        count === 0
          ? vscode.l10n.t('No request is under way.')
          : vscode.l10n.t('Stopped. What was on its way may have been carried out.'),
      );
    },
    requestAnswers: () => room.answers.choose(),
    requestNew: (where) => newRequestDocument(room.connections, where?.connectionId),
  };
}

/** One after the other, in the order of the document; a refusal stops nothing, since the next may expect it. */
async function sendAll(room: RequestRoom, document: vscode.TextDocument): Promise<void> {
  const { version } = document;
  for (const block of callingBlocks(requestsOf(document))) {
    if (document.version !== version) {
      throw new NoticeError(vscode.l10n.t('The document was edited, so the rest of it was not sent.'));
    }
    if (!(await room.sendAndShow(document, block))) return;
  }
}

async function blockOf(
  which: RequestArgument | undefined,
): Promise<{ document: vscode.TextDocument; block: Block }> {
  const document = await documentOf(which);
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.document === document ? document.offsetAt(editor.selection.active) : 0;
  const block = blockAt(requestsOf(document), which?.offset ?? cursor);
  if (!block) throw new NothingToDo(vscode.l10n.t('There is no request here.'));
  return { document, block };
}

/** The document that is named, which a person has to have in view, else the one that is active. */
async function documentOf(which: RequestArgument | undefined): Promise<vscode.TextDocument> {
  const active = vscode.window.activeTextEditor?.document;
  const document = which
    ? vscode.window.visibleTextEditors.find((one) => one.document.uri.toString() === which.uri.toString())
        ?.document
    : active;
  if (document?.languageId === REQUEST_LANGUAGE) return document;
  if (which) await vscode.window.showTextDocument(which.uri);
  throw new NothingToDo(
    which
      ? vscode.l10n.t('Look at the request first, then send it.')
      : vscode.l10n.t('Open a request document (*.chat.http) first.'),
  );
}
