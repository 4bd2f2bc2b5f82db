import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { contentOf, parseMessage } from '../message/document';
import { readingForm } from '../message/readingForm';
import { openDocument } from '../ui/openDocument';
import { changesUri, parseChangesUri } from './changesUri';
import { textOf } from './knowledge';
import type { MessageDocuments } from './messageDocuments';
import { messageUri, parseMessageUri } from './messageRef';

/** What a modification found (`before`) and left (`after`); undefined when the journal does not have it any more. */
export type RevisionContents = (
  revision: string,
  side: 'before' | 'after',
) => Promise<MessageContent | undefined>;

/** The documents in which a person reads a change, both sides in reading form. They follow what is known. */
export class ChangeDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly parts: readonly { dispose(): unknown }[];

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly revision: RevisionContents,
  ) {
    this.parts = [
      this.changed,
      documents.onDidLearn((ref) => this.tell(ref)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const ref = parseMessageUri(document.uri);
        if (ref) this.changed.fire(changesUri(ref, { side: 'draft' }));
      }),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const parsed = parseChangesUri(uri);
    if (!parsed) return '';
    const { ref, side } = parsed;
    if (side.side === 'before' || side.side === 'after') {
      const content = await this.revision(side.revision, side.side);
      return content ? read(content) : '';
    }
    const known = await this.documents.get(ref);
    if (!known) return '';
    switch (side.side) {
      case 'base':
        return read(known.base);
      case 'service':
        return known.gone ? '' : read(known.service ?? known.base);
      case 'draft': {
        const text = openText(ref) ?? textOf(known);
        const content = contentOf(parseMessage(text));
        // Broken JSON has no other form than its own.
        return content ? read(content) : text;
      }
    }
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private tell(ref: MessageRef): void {
    for (const side of ['base', 'service', 'draft'] as const) this.changed.fire(changesUri(ref, { side }));
  }
}

function read(content: MessageContent): string {
  return readingForm(content, vscode.l10n.t('JSON in a string'));
}

/** What VS Code holds of a message, unsaved text included. */
function openText(ref: MessageRef): string | undefined {
  return openDocument(messageUri(ref))?.getText();
}
