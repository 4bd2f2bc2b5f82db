import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import { workspaceEdit } from '../diagnostics/quickFixes';
import type { ListDocuments } from '../listEditing/listDocuments';
import { isJson } from '../json/strictScanner';
import { findValues } from '../lists/setValue';
import { parseValuePath, type ValueStep } from '../lists/valuePath';
import { openList } from '../planning/modifyList';
import { NoticeError } from '../ui/noticeError';
import { sayInStatusBar } from '../ui/statusBar';
import { askText } from '../ui/wizard';

/** What a path looks like. */
const SAMPLE = 'MsgBody[*].MsgContent.Data > order.status';

/** *Set Value…*: one member in all messages of a list, or in those where it is something, as one undo step. */
export function setValueCommand(lists: ListDocuments): Pick<CommandHandlers, 'listSetValue'> {
  return {
    listSetValue: async (uri) => {
      const document = await openList(uri);
      await lists.load(document.uri);
      const title = vscode.l10n.t('Set Value');
      const path = await askPath(title);
      const onlyWhere = await askText(title, {
        prompt: vscode.l10n.t('Only where it is this now, as JSON. Empty: wherever it is'),
        validate: (text) => (text.trim() === '' || isJson(text) ? undefined : notJson()),
      });
      const text = lists.textOf(document);
      const { items } = lists.listIn(document);
      const where = onlyWhere.trim() === '' ? {} : { onlyWhere: onlyWhere.trim() };
      const places = findValues(text, items, { path, ...where });
      if (places.count === 0)
        throw new NoticeError(vscode.l10n.t('No message of the list has such a value.'));
      const value = await askText(title, {
        prompt: vscode.l10n.t('New value as JSON, for {0} places', places.count),
        validate: (typed) => (isJson(typed) ? undefined : notJson()),
      });
      if (document.getText() !== text)
        throw new NoticeError(vscode.l10n.t('The list was edited meanwhile, so nothing was set.'));
      const { edits, messages } = places.set(value.trim());
      if (!(await vscode.workspace.applyEdit(workspaceEdit(document, edits))))
        throw new NoticeError(vscode.l10n.t('The list could not be edited. Try again.'));
      sayInStatusBar(vscode.l10n.t('{0} messages were changed in the list. Nothing was sent yet.', messages));
    },
  };
}

async function askPath(title: string): Promise<readonly ValueStep[]> {
  const text = await askText(title, {
    prompt: vscode.l10n.t('Where: members joined by full stops, [*] for each item, > into JSON in a string'),
    placeholder: SAMPLE,
    validate: (typed) => {
      const parsed = parseValuePath(typed);
      return 'wrongAt' in parsed
        ? vscode.l10n.t('This is no path from character {0} on.', parsed.wrongAt + 1)
        : undefined;
    },
  });
  const parsed = parseValuePath(text);
  if ('wrongAt' in parsed) throw new vscode.CancellationError();
  return parsed;
}

function notJson(): string {
  return vscode.l10n.t('This is no JSON. A text stands in quotes.');
}
