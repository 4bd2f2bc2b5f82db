import * as vscode from 'vscode';
import type { Journal } from '../journal/journal';
import type { Notices } from '../ui/notices';
import { NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { placeToSave } from './placeToSave';
import { writeTexts } from './writeTexts';

/** Asks for a file, writes the journal into it as JSON Lines, and says how many there are and where. */
export async function exportJournal(journal: Journal, notices: Notices): Promise<void> {
  const [newest] = await journal.list({ limit: 1 });
  if (!newest)
    throw new NothingToDo(vscode.l10n.t('Nothing has been modified yet, so there is nothing to export.'));
  const target = await vscode.window.showSaveDialog({
    defaultUri: placeToSave('tencent-chat-journal.jsonl'),
    saveLabel: vscode.l10n.t('Export'),
    title: vscode.l10n.t('Export the Journal of Modifications'),
    filters: { [vscode.l10n.t('JSON Lines')]: ['jsonl'] },
  });
  if (!target) return;
  let count = 0;
  await withProgress(vscode.l10n.t('Exporting the journal'), async ({ signal }) => {
    const lines = async function* (): AsyncGenerator<string> {
      for await (const line of journal.exportLines()) {
        signal.throwIfAborted();
        count += 1;
        yield line;
      }
    };
    await writeTexts(target, lines());
  });
  // Not waited for: a notice may stay for hours.
  void notices.showInfo(
    count === 1
      ? vscode.l10n.t('1 modification was exported to {0}.', target.fsPath)
      : vscode.l10n.t('{0} modifications were exported to {1}.', count, target.fsPath),
    { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [target] },
    { title: vscode.l10n.t('Reveal'), command: revealCommand(target), arguments: [target] },
  );
}

/** A file of this machine is shown in the system's own file manager, another one in the Explorer. */
function revealCommand(target: vscode.Uri): string {
  const isLocal = target.scheme === 'file' && vscode.env.remoteName === undefined;
  return isLocal && vscode.env.uiKind === vscode.UIKind.Desktop ? 'revealFileInOS' : 'revealInExplorer';
}
