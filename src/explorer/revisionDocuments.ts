import * as vscode from 'vscode';
import type { Journal } from '../journal/journal';
import { intendedContent, type Revision } from '../journal/revision';
import { formatMessage } from '../message/document';
import { addressText } from '../ui/addressTexts';

const SCHEME = 'tencent-chat-revision';

/** Which content of a revision: what the message was before, or what it became. */
export type RevisionSide = 'before' | 'after';

/** The contents of revisions as read-only documents, for VS Code's diff editor. */
export class RevisionDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(private readonly journal: Journal) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [, id, name] = uri.path.split('/');
    const revision = id === undefined ? undefined : await this.journal.get(decodeURIComponent(id));
    return revision ? textOf(revision, name === 'before.json' ? 'before' : 'after') : '';
  }

  /** Opens what a revision changed in the diff editor. */
  async show(revision: Revision): Promise<void> {
    await vscode.commands.executeCommand(
      'vscode.diff',
      revisionUri(revision, 'before'),
      revisionUri(revision, 'after'),
      vscode.l10n.t('{0}: Before ↔ After', addressText(revision.address)),
      { preview: true } satisfies vscode.TextDocumentShowOptions,
    );
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function revisionUri(revision: Revision, side: RevisionSide): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${encodeURIComponent(revision.id)}/${side}.json` });
}

function textOf(revision: Revision, side: RevisionSide): string {
  if (side === 'before') return revision.before ? formatMessage(revision.before) : '';
  if (revision.action === 'recall') return '';
  return formatMessage(revision.outcome.readBack ?? intendedContent(revision));
}
