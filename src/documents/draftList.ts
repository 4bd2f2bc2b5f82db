import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import { changedMembers } from '../message/changes';
import { contentOf, parseMessage } from '../message/document';
import { summarize } from '../message/summary';
import { changeText } from '../ui/changeText';
import type { MessageState } from './draftStore';
import { isConflict, isUnmerged, wasRecalled, type Knowledge } from './knowledge';
import type { MessageDocuments } from './messageDocuments';
import { messageUri } from './messageRef';

/** What can be done with a draft: sent as it is, or something has to be mended before. */
export type DraftCondition = 'ready' | 'broken' | 'unmerged' | 'conflict' | 'recalled' | 'gone';

/** A draft that differs from its base. */
export interface Draft {
  readonly ref: MessageRef;
  readonly uri: vscode.Uri;
  readonly condition: DraftCondition;
  /** What it changes, in one line; of broken JSON what it was made from. */
  readonly text: string;
  /** When the message was sent, in Unix seconds; undefined where that is not known. */
  readonly time: number | undefined;
}

/** Every draft of every connection, those of earlier sessions included. */
export class DraftList {
  private loaded: Promise<void> | undefined;

  constructor(private readonly documents: MessageDocuments) {}

  /** Told whenever the list may be another one. */
  onDidChange(listener: () => void): { dispose(): unknown } {
    return this.documents.onDidLearn(listener);
  }

  /** The drafts that differ from their base, the newest first. */
  async all(): Promise<Draft[]> {
    // Once for all: from then on the tree and the tabs mark the drafts of earlier sessions too.
    this.loaded ??= this.documents.loadDrafts();
    await this.loaded;
    const stored = await this.documents.stored();
    return stored
      .sort((one, other) => other.savedAt - one.savedAt)
      .flatMap((state) => this.draft(state) ?? []);
  }

  private draft(state: MessageState): Draft | undefined {
    if (state.draft === null) return undefined;
    const { ref } = state;
    const mine = contentOf(parseMessage(state.draft));
    if (mine && changedMembers(state.base, mine).length === 0) return undefined;
    return {
      ref,
      uri: messageUri(ref),
      condition: conditionOf(this.documents.peek(ref), mine !== undefined),
      text: (mine && changeText(state.base, mine)) ?? summarize(mine ?? state.base).text,
      time: state.facts?.time,
    };
  }
}

function conditionOf(document: Knowledge | undefined, isJson: boolean): DraftCondition {
  if (document?.gone) return 'gone';
  if (document && wasRecalled(document)) return 'recalled';
  if (document && isUnmerged(document)) return 'unmerged';
  if (document && isConflict(document)) return 'conflict';
  return isJson ? 'ready' : 'broken';
}

/** Why a draft is as it is, for a person. */
export function conditionText(condition: DraftCondition): string {
  switch (condition) {
    case 'ready':
      return vscode.l10n.t('Ready to be sent');
    case 'broken':
      return vscode.l10n.t('Its JSON is broken');
    case 'unmerged':
      return vscode.l10n.t("Not merged yet: the service's change is still to be taken into this draft");
    case 'conflict':
      return vscode.l10n.t('Conflict: the service shows another content than this draft was made from');
    case 'recalled':
      return vscode.l10n.t('The message was recalled');
    case 'gone':
      return vscode.l10n.t('The service no longer shows this message');
  }
}
