import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { LIST_LANGUAGE } from '../contributions/ids';
import { messageUri } from '../documents/messageRef';
import type { Comparison } from '../lists/compareList';
import type { ListItem } from '../lists/parseList';
import { asLens } from '../ui/lenses';
import { messageName } from '../ui/messageName';
import type { ListDocuments } from './listDocuments';
import { parseListUri } from './listUri';

/** Lenses of items: more of them make every key stroke slow. */
const SHOWN = 100;
/** Scrolling is not followed line by line. */
const DELAY_MS = 250;

/** One lens above all, and some at each item that is in sight, and at the changed ones next to what is in sight. */
export class ListLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscriptions: readonly vscode.Disposable[];
  private scrolled: NodeJS.Timeout | undefined;
  /** The first and the last item that was in sight when VS Code got the lenses of a document. */
  private readonly given = new WeakMap<vscode.TextDocument, string>();

  constructor(private readonly documents: ListDocuments) {
    this.subscriptions = [
      // After an edit VS Code asks by itself; being told so as well, it would begin to wait anew and ask twice.
      documents.onDidMove(() => this.changed.fire()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
        if (document.languageId !== LIST_LANGUAGE) return;
        clearTimeout(this.scrolled);
        this.scrolled = setTimeout(() => this.follow(document), DELAY_MS);
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { uri } = document;
    const ref = parseListUri(uri);
    if (!ref) return this.aboveFile(document);
    await this.documents.load(uri);
    const comparison = this.documents.compare(uri, this.documents.textOf(document));
    if (!comparison) return [];
    const sight = inSight(document);
    const seen = itemsIn(sight, comparison);
    this.given.set(document, ends(seen));
    const distance = ({ range }: ListItem): number =>
      Math.max(sight.from - range.offset - range.length, range.offset - sight.to, 0);
    const near = [...comparison.changed]
      .sort((one, other) => distance(one.item) - distance(other.item))
      .slice(0, SHOWN);
    const changed = new Set(comparison.changed.map(({ item }) => item));
    const others = seen.filter((item) => !changed.has(item) && item.address).slice(0, SHOWN);
    const lenses = this.above(uri, comparison);
    for (const { item, address } of near) {
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
    for (const { range, address } of others) {
      if (!address) continue;
      const message = messageUri({ connectionId: ref.connectionId, address });
      const title = messageName({ address });
      lenses.push(asLens(document.positionAt(range.offset), asCommand(title, commands.messageOpen, message)));
    }
    return lenses;
  }

  dispose(): void {
    clearTimeout(this.scrolled);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  /**
   * Has VS Code ask for the lenses of other items. Before it asked at all it is not told: it would begin to wait anew. Its own
   * lenses move what is in sight, too.
   */
  private follow(document: vscode.TextDocument): void {
    const given = this.given.get(document);
    const comparison =
      given !== undefined && this.documents.compare(document.uri, this.documents.textOf(document));
    if (comparison && ends(itemsIn(inSight(document), comparison)) !== given) this.changed.fire();
  }

  /** A list in a file rests on nothing: what it says can be compared with a connection's messages, or taken somewhere. */
  private aboveFile(document: vscode.TextDocument): vscode.CodeLens[] {
    const { uri } = document;
    const count = this.documents.listIn(document).items.length;
    const top = new vscode.Position(0, 0);
    const modify = vscode.l10n.t('Modify {0} Messages Through a Connection…', count);
    return [
      ...(count === 0 ? [] : [asLens(top, asCommand(modify, commands.listModify, uri))]),
      asLens(top, asCommand(vscode.l10n.t('Load into Sandbox…'), commands.sandboxLoad, uri)),
      asLens(top, asCommand(vscode.l10n.t('Import List…'), commands.listImport, uri)),
    ];
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

interface Sight {
  readonly from: number;
  readonly to: number;
}

function itemsIn({ from, to }: Sight, { list }: Comparison): readonly ListItem[] {
  return list.items.filter(({ range }) => range.offset + range.length >= from && range.offset <= to);
}

/** Names a stretch of items. */
function ends(items: readonly ListItem[]): string {
  return `${items[0]?.index}-${items.at(-1)?.index}`;
}

/** What editors show of a document, from the first to the last place of it. */
function inSight(document: vscode.TextDocument): Sight {
  const ranges = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges);
  const offsets = ranges.flatMap(({ start, end }) => [document.offsetAt(start), document.offsetAt(end)]);
  return offsets.length === 0
    ? { from: 0, to: -1 }
    : { from: Math.min(...offsets), to: Math.max(...offsets) };
}
