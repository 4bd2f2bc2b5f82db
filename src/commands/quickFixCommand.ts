import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { MESSAGE_LANGUAGE } from '../contributions/ids';
import { messageTarget } from '../documents/activeMessage';
import { PROBLEM_SOURCE } from '../diagnostics/problemReporter';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick, type Choice } from '../ui/wizard';

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
        throw new NothingToDo(
          vscode.l10n.t('Open a message first: from the Tencent Chat view, or by its key.'),
        );
      await flush(target.uri);
      const document = await vscode.workspace.openTextDocument(target.uri);
      const choices = await fixChoices(document);
      if (choices.length === 0) {
        sayInStatusBar(vscode.l10n.t('No quick fix is known for this message.'));
        return;
      }
      await apply(
        await askPick(vscode.l10n.t('Quick Fix Message Problem'), {
          placeholder: vscode.l10n.t('Choose what to do'),
          choices,
        }),
      );
    },
  };
}

async function fixChoices(document: vscode.TextDocument): Promise<Choice<vscode.CodeAction>[]> {
  if (document.languageId !== MESSAGE_LANGUAGE) return [];
  const choices: Choice<vscode.CodeAction>[] = [];
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
    for (const action of fresh) {
      known.add(`${diagnostic.range.start.line} ${action.title}`);
      choices.push({
        value: action,
        label: action.title,
        detail: diagnostic.message,
        icon: action.isPreferred === true ? 'lightbulb-autofix' : 'lightbulb',
        group: diagnostic.message,
      });
    }
  }
  return choices;
}

async function apply({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit && !(await vscode.workspace.applyEdit(edit))) {
    throw new NoticeError(vscode.l10n.t('The document changed meanwhile. Nothing was fixed; try again.'));
  }
  if (command)
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}
