import * as vscode from 'vscode';
import type { MessageContent } from '../chat/chatMessage';
import type { MessageRef } from '../chat/address';
import { PLAN_SCHEME } from '../contributions/ids';
import { titleOf } from '../documents/changesUri';
import { messageUri } from '../documents/messageRef';
import { readingForm } from '../message/readingForm';
import { showManyDiffs } from '../ui/titles';

/** One message before and after a plan. */
export interface PlannedChange {
  readonly ref: MessageRef;
  readonly before: MessageContent;
  readonly after: MessageContent;
}

/** So many changes are shown one by one; more than that nobody reads so. */
export const SHOWN = 100;
/** So many sets of changes are held; the tabs of older ones show nothing when they are opened again. */
const HELD = 5;

/** The documents in which the changes of a plan are read, both sides in reading form. */
export class PlanChanges implements vscode.TextDocumentContentProvider {
  private readonly held = new Map<string, readonly PlannedChange[]>();
  private number = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    const query = new URLSearchParams(uri.query);
    const change = this.held.get(query.get('set') ?? '')?.[Number(query.get('item'))];
    if (!change) return '';
    const content = query.get('side') === 'before' ? change.before : change.after;
    return readingForm(content, vscode.l10n.t('JSON in a string'));
  }

  /** Opens the first hundred changes in VS Code's multi-diff editor. */
  async show(title: string, changes: readonly PlannedChange[]): Promise<void> {
    this.number += 1;
    const set = String(this.number);
    this.held.set(set, changes.slice(0, SHOWN));
    for (const oldest of this.held.keys()) {
      if (this.held.size <= HELD) break;
      this.held.delete(oldest);
    }
    const more = changes.length > SHOWN ? vscode.l10n.t('{0} (the first {1})', title, SHOWN) : title;
    await showManyDiffs(
      more,
      changes.slice(0, SHOWN).map(({ ref }, item) => {
        const uri = (side: 'before' | 'after'): vscode.Uri =>
          vscode.Uri.from({
            scheme: PLAN_SCHEME,
            // One path for both sides: other paths look like a rename.
            path: `/${titleOf(ref)}.jsonc`,
            query: new URLSearchParams({ set, item: String(item), side }).toString(),
          });
        return [messageUri(ref), uri('before'), uri('after')] as const;
      }),
    );
  }
}
