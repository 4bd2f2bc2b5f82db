import * as vscode from 'vscode';
import { runCommand } from '../contributions/runCommand';
import { commands } from '../contributions/commands';
import type { MessageContent } from '../chat/model';
import { sameContent } from '../message/changes';
import { isConflict, wasRecalled } from './messageDocument';
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
    const before = this.look(ref);
    if (!before || now - (this.lastRead.get(key) ?? 0) < AT_MOST_EVERY_MS) return;
    this.lastRead.set(key, now);
    await this.documents.refresh(ref, { mayAsk: false });
    const after = this.look(ref);
    const news = after && newsBetween(before, after);
    if (news) tell(ref, news);
  }

  /** How a message stands now; its document changes under our hands. */
  private look(ref: MessageRef): Look | undefined {
    const document = this.documents.peek(ref);
    if (!document) return undefined;
    const { base, service, gone } = document;
    return { base, service, gone, recalled: wasRecalled(document), conflict: isConflict(document) };
  }
}

interface Look {
  readonly base: MessageContent;
  readonly service: MessageContent | undefined;
  readonly gone: boolean;
  readonly recalled: boolean;
  readonly conflict: boolean;
}

function newsBetween(before: Look, after: Look): News | undefined {
  if (after.gone) return before.gone ? undefined : 'gone';
  if (after.recalled && !before.recalled) return 'recalled';
  if (after.conflict) return sameService(before, after) ? undefined : 'conflict';
  return sameContent(before.base, after.base) ? undefined : 'followed';
}

function sameService({ service: one }: Look, { service: other }: Look): boolean {
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
    if (input instanceof vscode.TabInputTextDiff) return parseMessageUri(input.modified) ?? [];
    if (!(input instanceof vscode.TabInputCustom) && !(input instanceof vscode.TabInputText)) return [];
    return parseMessageUri(input.uri) ?? [];
  });
}
