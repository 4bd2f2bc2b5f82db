import * as path from 'node:path';
import * as vscode from 'vscode';
import { LIST_LANGUAGE } from '../../contributions/ids';
import { fixKinds } from '../../diagnostics/fixKinds';
import type { MessageDocuments } from '../../documents/messageDocuments';
import { DraftOverlaps } from '../../listEditing/draftOverlaps';
import { KeptLists } from '../../listEditing/keptLists';
import { ListActions } from '../../listEditing/listActions';
import { ListDocuments } from '../../listEditing/listDocuments';
import { ListFeatures, type ItemFeatures } from '../../listEditing/listFeatures';
import { ListFiles } from '../../listEditing/listFiles';
import { ListFolding } from '../../listEditing/listFolding';
import { ListLeases } from '../../listEditing/listLeases';
import { ListLenses } from '../../listEditing/listLenses';
import { ListMarks } from '../../listEditing/listMarks';
import { ListProblems } from '../../listEditing/listProblems';
import { ListSymbols } from '../../listEditing/listSymbols';
import { ListTracker } from '../../listEditing/listTracker';
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

/** What lists are made of. */
export interface ListsServices {
  readonly storage: string;
  readonly notices: Notices;
  readonly log: Log;
  readonly messages: MessageDocuments;
  /** VS Code's own JSON features, as messages have them. */
  readonly json: () => Promise<ItemFeatures>;
}

/** Puts the lists together. What VS Code asks for in a list is registered with the first one. */
export function createLists(own: Own, { storage, notices, log, messages, json }: ListsServices): Lists {
  const report = (error: unknown): void => log.error(error);
  const folder = path.join(storage, 'lists');
  const leases = new ListLeases(path.join(folder, 'leases'));
  const documents = own(new ListDocuments(new KeptLists(new ListStore(folder), leases, report)));
  const files = own(new ListFiles(documents, (error) => notices.message(error)));
  own(new ListTracker(documents, report));
  const problems = own(new ListProblems(documents, report));
  own(new DraftOverlaps(documents, messages, problems.onDidLook, report));
  const lenses = own(new ListLenses(documents));
  own(new ListMarks(documents, problems.onDidLook));
  const selector = { language: LIST_LANGUAGE };
  own(vscode.languages.registerCodeLensProvider(selector, lenses));
  own(vscode.languages.registerFoldingRangeProvider(selector, own(new ListFolding(documents))));
  const features = new ListFeatures(json);
  own(vscode.languages.registerCompletionItemProvider(selector, features, '"', ':'));
  own(vscode.languages.registerHoverProvider(selector, features));
  own(vscode.languages.registerDocumentSymbolProvider(selector, new ListSymbols(documents)));
  own(
    vscode.languages.registerCodeActionsProvider(selector, new ListActions(problems), {
      providedCodeActionKinds: fixKinds,
    }),
  );
  return { documents, files, problems };
}
