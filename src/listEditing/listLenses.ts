import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { Comparison } from '../lists/compareList';
import { messageName } from '../ui/messageName';
import { asLens } from '../ui/lenses';
import type { ListDocuments } from './listDocuments';
import { parseListUri } from './listUri';
import { messageUri } from '../documents/messageRef';

/** Lenses of items: more of them make every key stroke slow. */
const SHOWN = 100;

/** One lens above all, and two at each changed item, of the first hundred. */
export class ListLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  /** @param onDidLook what a list says was looked at anew */
  constructor(
    private readonly documents: ListDocuments,
    onDidLook: vscode.Event<unknown>,
  ) {
    this.subscription = onDidLook(() => this.changed.fire());
  }

  private readonly subscription: vscode.Disposable;

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { uri } = document;
    const ref = parseListUri(uri);
    const comparison = this.documents.compare(uri, document.getText());
    if (!ref) return ofAFile(uri);
    if (!comparison) return [];
    const lenses = this.above(uri, comparison);
    for (const { item, address } of comparison.changed.slice(0, SHOWN)) {
      const at = document.positionAt(item.range.offset);
      const message = messageUri({ connectionId: ref.connectionId, address });
      lenses.push(
        asLens(
          at,
          asCommand(vscode.l10n.t('Changed: {0}', messageName({ address })), commands.messageOpen, message),
        ),
        asLens(at, asCommand(vscode.l10n.t('Discard Change'), commands.listDiscardChange, { uri, address })),
      );
    }
    return lenses;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private above(uri: vscode.Uri, { changed, slips, list, missing }: Comparison): vscode.CodeLens[] {
    const top = new vscode.Position(0, 0);
    const count = changed.length;
    const left =
      missing === 0
        ? []
        : [
            asLens(
              top,
              asCommand(
                vscode.l10n.t('{0} left out: they are not changed', missing),
                commands.listShowChanges,
                uri,
              ),
            ),
          ];
    if (slips.length > 0) {
      const title = vscode.l10n.t('{0} problems keep the list from being sent', slips.length);
      return [asLens(top, { title, command: 'workbench.actions.view.problems' })];
    }
    if (count === 0) {
      const title = vscode.l10n.t('{0} messages, nothing changed', list.items.length);
      return [asLens(top, { title, command: '' }), ...left];
    }
    const modify =
      count === 1 ? vscode.l10n.t('Modify 1 Message…') : vscode.l10n.t('Modify {0} Messages…', count);
    return [
      asLens(top, asCommand(modify, commands.listModify, uri)),
      asLens(top, asCommand(vscode.l10n.t('Show Changes'), commands.listShowChanges, uri)),
      ...left,
    ];
  }
}

/** A list in a file has no connection: what can be done with it is taking its messages somewhere. */
function ofAFile(uri: vscode.Uri): vscode.CodeLens[] {
  const bring = asCommand(vscode.l10n.t('Import List…'), commands.listImport, uri);
  const load = asCommand(vscode.l10n.t('Load into Sandbox…'), commands.sandboxLoad, uri);
  const top = new vscode.Position(0, 0);
  return [asLens(top, load), asLens(top, bring)];
}
