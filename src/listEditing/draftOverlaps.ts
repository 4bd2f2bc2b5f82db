import * as vscode from 'vscode';
import { refKey, type MessageRef } from '../chat/address';
import { diagnosticIds } from '../contributions/ids';
import { isDraft } from '../documents/knowledge';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageUri } from '../documents/messageRef';
import { PROBLEM_SOURCE } from '../diagnostics/problemReporter';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import type { ListDocuments } from './listDocuments';
import { parseListUri } from './listUri';

/** A message that an open list changes and that has a draft of its own. */
interface Overlap {
  readonly ref: MessageRef;
  readonly list: vscode.TextDocument;
  /** Where its item begins. */
  readonly offset: number;
}

/** Says at both, the list and the message, when a message has a draft of its own and is changed in a list too. */
export class DraftOverlaps implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.listDrafts);
  /** What open lists change, by their URIs. */
  private readonly changed = new Map<string, ReadonlyMap<string, Overlap>>();
  /** Messages that were told to have two changes. */
  private told = new Map<string, MessageRef>();
  private loaded: Promise<void> | undefined;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly lists: ListDocuments,
    private readonly messages: Pick<MessageDocuments, 'peek' | 'onDidLearn' | 'loadDrafts'>,
    onDidLook: vscode.Event<vscode.TextDocument>,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscriptions = [
      this.collection,
      onDidLook((document) => this.look(document)),
      messages.onDidLearn((ref) => {
        const key = refKey(ref);
        const isChanged = [...this.changed.values()].some((changes) => changes.has(key));
        if (isChanged && this.hasDraft(ref) !== this.told.has(key)) this.say();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (!this.changed.delete(uri.toString())) return;
        this.collection.delete(uri);
        this.say();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private look(document: vscode.TextDocument): void {
    const ref = parseListUri(document.uri);
    const changed = ref && this.lists.compare(document.uri, this.lists.textOf(document))?.changed;
    if (!changed) return;
    const overlaps = changed.map(({ item, address }): [string, Overlap] => {
      const message = { connectionId: ref.connectionId, address };
      return [refKey(message), { ref: message, list: document, offset: item.range.offset }];
    });
    this.changed.set(document.uri.toString(), new Map(overlaps));
    // Drafts of earlier sessions count as well; they are read with the first change.
    if (overlaps.length > 0) this.loaded ??= this.messages.loadDrafts().catch(this.onFailure);
    this.say();
  }

  private hasDraft(ref: MessageRef): boolean {
    const known = this.messages.peek(ref);
    return known !== undefined && (known.unsaved !== undefined || isDraft(known));
  }

  private say(): void {
    const both = [...this.changed.values()].flatMap((changes) =>
      [...changes.values()].filter(({ ref }) => this.hasDraft(ref)),
    );
    const messages = new Map(both.map((overlap) => [refKey(overlap.ref), overlap]));
    for (const [key, ref] of this.told) if (!messages.has(key)) this.collection.delete(messageUri(ref));
    for (const { ref, list, offset } of messages.values())
      this.collection.set(messageUri(ref), [
        diagnostic(
          new vscode.Range(0, 0, 0, 1),
          vscode.l10n.t('This message is changed in a list, too. Whichever is sent last finds a conflict.'),
          new vscode.Location(list.uri, rangeIn(list, { offset, length: 1 })),
          vscode.l10n.t('The item of the list'),
        ),
      ]);
    this.told = new Map([...messages].map(([key, { ref }]) => [key, ref]));
    for (const key of this.changed.keys()) {
      const own = both.filter(({ list }) => list.uri.toString() === key);
      const uri = vscode.Uri.parse(key);
      // VS Code tells everybody who follows problems also when there were none and are none.
      if (own.length === 0 && !this.collection.get(uri)?.length) continue;
      this.collection.set(
        uri,
        own.map(({ ref, list, offset }) =>
          diagnostic(
            rangeIn(list, { offset, length: 1 }),
            vscode.l10n.t(
              'This message has a draft of its own, too. Whichever is sent last finds a conflict.',
            ),
            new vscode.Location(messageUri(ref), new vscode.Position(0, 0)),
            vscode.l10n.t('The draft'),
          ),
        ),
      );
    }
  }
}

function diagnostic(
  range: vscode.Range,
  text: string,
  other: vscode.Location,
  name: string,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, plainText(text), vscode.DiagnosticSeverity.Warning);
  made.source = PROBLEM_SOURCE;
  made.relatedInformation = [new vscode.DiagnosticRelatedInformation(other, plainText(name))];
  return made;
}
