import * as vscode from 'vscode';
import { runCommand } from '../contributions/runCommand';
import { commands } from '../contributions/commands';
import { sameContent } from '../message/changes';
import { isConflict, wasRecalled, type Knowledge } from './knowledge';
import { parseChangesUri } from './changesUri';
import type { MessageDocuments } from './messageDocuments';
import { refKey, type MessageRef } from '../chat/address';
import { messageUri, parseMessageUri } from './messageRef';
import { addressText } from '../ui/addressTexts';
import { showNotice } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';

const AT_MOST_EVERY_MS = 10_000;

/** What somebody else did to a message in view while its reader was away. */
type News = 'conflict' | 'followed' | 'gone' | 'recalled';

/**
 * Reads the messages in view again when the window is returned to, so that a colleague's change is seen early, and
 * says what is new. Nobody is asked for a secret for this.
 */
export class FocusRefresh implements vscode.Disposable {
  private readonly lastRead = new Map<string, number>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscription = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) for (const ref of messagesInView()) this.read(ref).catch(this.onFailure);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async read(ref: MessageRef): Promise<void> {
    const key = refKey(ref);
    const now = Date.now();
    const before = this.documents.peek(ref);
    for (const [read, at] of this.lastRead) if (now - at >= AT_MOST_EVERY_MS) this.lastRead.delete(read);
    if (!before || this.lastRead.has(key)) return;
    this.lastRead.set(key, now);
    await this.documents.refresh(ref, { mayAsk: false });
    const after = this.documents.peek(ref);
    const news = after && newsBetween(before, after);
    if (news) tell(ref, news);
  }
}

function newsBetween(before: Knowledge, after: Knowledge): News | undefined {
  if (after.gone) return before.gone ? undefined : 'gone';
  if (wasRecalled(after) && !wasRecalled(before)) return 'recalled';
  if (isConflict(after)) return sameService(before, after) ? undefined : 'conflict';
  return sameContent(before.base, after.base) ? undefined : 'followed';
}

function sameService({ service: one }: Knowledge, { service: other }: Knowledge): boolean {
  return one !== undefined && other !== undefined && sameContent(one, other);
}

function tell(ref: MessageRef, news: News): void {
  const message = addressText(ref.address);
  switch (news) {
    case 'conflict':
      tellConflict(ref);
      return;
    case 'followed':
      sayInStatusBar(
        vscode.l10n.t('{0} was changed on the service; the editor shows its new content.', message),
      );
      return;
    case 'gone':
      void showNotice(
        'warning',
        vscode.l10n.t(
          'The service no longer shows {0}: it was deleted or has expired. Your text stays on this machine.',
          message,
        ),
      );
      return;
    case 'recalled':
      void showNotice(
        'warning',
        vscode.l10n.t('{0} was recalled. Your text stays on this machine.', message),
      );
      return;
  }
}

function tellConflict(ref: MessageRef): void {
  const compare = vscode.l10n.t('Compare');
  void showNotice(
    'warning',
    vscode.l10n.t(
      '{0} was changed on the service since you opened it. Your text stays as it is.',
      addressText(ref.address),
    ),
    compare,
  ).then((chosen) => (chosen === compare ? runCommand(commands.messageCompare, messageUri(ref)) : undefined));
}

/** The messages that a person sees, in an editor or in a diff. */
function messagesInView(): MessageRef[] {
  return vscode.window.tabGroups.all.flatMap(({ activeTab }) => {
    const input = activeTab?.input;
    if (input instanceof vscode.TabInputTextDiff)
      return parseMessageUri(input.modified) ?? parseChangesUri(input.modified)?.ref ?? [];
    if (!(input instanceof vscode.TabInputCustom) && !(input instanceof vscode.TabInputText)) return [];
    return parseMessageUri(input.uri) ?? [];
  });
}
