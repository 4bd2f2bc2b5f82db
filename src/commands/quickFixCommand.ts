import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { messageTarget } from '../documents/activeMessage';
import { MESSAGE_LANGUAGE, PROBLEM_SOURCE } from '../diagnostics/problemReporter';
import { NoticeError } from '../ui/noticeError';

interface FixItem extends vscode.QuickPickItem {
  readonly action?: vscode.CodeAction;
}

/** What *Quick Fix Message Problem…* works with. */
export interface QuickFixServices {
  /** Brings what was typed into pages of the document into it. */
  readonly flush: (uri: vscode.Uri) => Promise<void>;
}

/** *Quick Fix Message Problem…*: every fix of the message's problems in one list. */
export function quickFixCommand({ flush }: QuickFixServices): Pick<CommandHandlers, 'messageQuickFix'> {
  return {
    messageQuickFix: async (argument) => {
      const target = messageTarget(argument);
      if (!target)
        throw new NoticeError(
          vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'),
        );
      await flush(target.uri);
      const document = await vscode.workspace.openTextDocument(target.uri);
      const items = await fixItems(document);
      if (!items.some(({ action }) => action)) {
        void vscode.window.setStatusBarMessage(
          vscode.l10n.t('No quick fix is known for this message.'),
          6_000,
        );
        return;
      }
      const chosen = await vscode.window.showQuickPick(items, {
        title: vscode.l10n.t('Quick Fix Message Problem'),
        placeHolder: vscode.l10n.t('Choose what to do'),
        matchOnDetail: true,
      });
      if (chosen?.action) await apply(chosen.action);
    },
  };
}

async function fixItems(document: vscode.TextDocument): Promise<FixItem[]> {
  if (document.languageId !== MESSAGE_LANGUAGE) return [];
  const items: FixItem[] = [];
  const known = new Set<string>();
  for (const diagnostic of vscode.languages.getDiagnostics(document.uri)) {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fresh = (actions ?? []).filter(
      ({ title }) => !known.has(`${diagnostic.range.start.line} ${title}`),
    );
    if (fresh.length === 0 || diagnostic.source !== PROBLEM_SOURCE) continue;
    items.push({ label: diagnostic.message, kind: vscode.QuickPickItemKind.Separator });
    for (const action of fresh) {
      known.add(`${diagnostic.range.start.line} ${action.title}`);
      items.push({
        label: `${action.isPreferred ? '$(lightbulb-autofix)' : '$(lightbulb)'} ${action.title}`,
        detail: diagnostic.message,
        action,
      });
    }
  }
  return items;
}

async function apply({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit && !(await vscode.workspace.applyEdit(edit))) {
    throw new NoticeError(vscode.l10n.t('The document changed meanwhile. Nothing was fixed; try again.'));
  }
  if (command)
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}
