import * as path from 'node:path';
import * as vscode from 'vscode';
import { LIST_LANGUAGE } from '../../contributions/ids';
import { fixKinds } from '../../diagnostics/fixKinds';
import { ListActions } from '../../listEditing/listActions';
import { ListDocuments } from '../../listEditing/listDocuments';
import { ListFiles } from '../../listEditing/listFiles';
import { ListLenses } from '../../listEditing/listLenses';
import { ListMarks } from '../../listEditing/listMarks';
import { ListProblems } from '../../listEditing/listProblems';
import { ListSymbols } from '../../listEditing/listSymbols';
import { ListStore } from '../../lists/listStore';
import type { Log } from '../../ui/log';
import type { Notices } from '../../ui/notices';
import type { Own } from '../../ui/room';

/** The lists of this machine, and what VS Code shows of them. */
export interface Lists {
  readonly documents: ListDocuments;
  readonly files: ListFiles;
  readonly problems: ListProblems;
}

/** Puts the lists together. What VS Code asks for in a list is registered with the first one. */
export function createLists(
  own: Own,
  { storage, notices, log }: { readonly storage: string; readonly notices: Notices; readonly log: Log },
): Lists {
  const documents = own(new ListDocuments(new ListStore(path.join(storage, 'lists'))));
  const files = own(new ListFiles(documents, (error) => notices.message(error)));
  const problems = own(new ListProblems(documents, (error) => log.error(error)));
  const lenses = own(new ListLenses(documents, problems.onDidLook));
  own(new ListMarks(documents, problems.onDidLook));
  const selector = { language: LIST_LANGUAGE };
  const { languages } = vscode;
  own(languages.registerCodeLensProvider(selector, lenses));
  own(languages.registerDocumentSymbolProvider(selector, new ListSymbols()));
  own(
    languages.registerCodeActionsProvider(selector, new ListActions(problems), {
      providedCodeActionKinds: fixKinds,
    }),
  );
  return { documents, files, problems };
}
