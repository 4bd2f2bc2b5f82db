import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { viewIds } from '../contributions/ids';
import type { Connections } from '../connections/connections';
import type { MessageState } from '../documents/draftStore';
import { isConflict, isUnmerged, wasRecalled, type Knowledge } from '../documents/knowledge';
import { type MessageDocuments } from '../documents/messageDocuments';
import { refKey, type MessageRef } from '../chat/address';
import { messageUri } from '../documents/messageRef';
import { changedMembers } from '../message/changes';
import { contentOf, parseMessage } from '../message/document';
import { plainRow } from '../ui/rows';
import { summarize } from '../message/summary';
import { addressText, keyText } from '../ui/addressTexts';

/** What can be done with a draft: sent as it is, or something has to be mended before. */
export type DraftCondition = 'ready' | 'broken' | 'unmerged' | 'conflict' | 'recalled' | 'gone';

/** A row of the Drafts view. */
export interface DraftNode {
  readonly ref: MessageRef;
  readonly uri: vscode.Uri;
  readonly condition: DraftCondition;
  readonly text: string;
}

/** Lists every draft of every connection, with a badge that counts them. */
export class DraftsView implements vscode.TreeDataProvider<DraftNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<DraftNode>;
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;
  private loaded: Promise<void> | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly connections: Connections,
  ) {
    this.view = vscode.window.createTreeView(viewIds.drafts, { treeDataProvider: this });
    this.subscriptions = [
      this.view,
      this.changed,
      documents.onDidLearn(() => this.refreshSoon()),
      connections.onDidChange(() => this.refreshSoon()),
    ];
  }

  async getChildren(node?: DraftNode): Promise<DraftNode[]> {
    if (node) return [];
    const drafts = await this.drafts();
    this.view.badge =
      drafts.length === 0
        ? undefined
        : {
            value: drafts.length,
            tooltip: vscode.l10n.t('Drafts not yet on the service: {0}', drafts.length),
          };
    return drafts;
  }

  getTreeItem({ ref, uri, condition, text }: DraftNode): vscode.TreeItem {
    const item = new vscode.TreeItem(addressText(ref.address));
    const connection = this.connections.get(ref.connectionId);
    item.id = refKey(ref);
    item.resourceUri = uri;
    item.description = text;
    item.iconPath = new vscode.ThemeIcon(icons[condition]);
    item.contextValue = `draft.${condition}`;
    item.tooltip = [
      conditionText(condition),
      connection?.name ?? vscode.l10n.t('Its connection was removed; add it again to modify the message.'),
      keyText(ref.address),
    ].join('\n');
    item.command = asCommand(vscode.l10n.t('Show Changes'), commands.draftShow, { uri });
    item.accessibilityInformation = {
      label: `${addressText(ref.address)}, ${conditionText(condition)}, ${text}`,
    };
    return plainRow(item);
  }

  /** The drafts that differ from their base, the newest first. */
  async drafts(): Promise<DraftNode[]> {
    // Once for all: from then on the tree and the tabs mark the drafts of earlier sessions too.
    this.loaded ??= this.documents.loadDrafts();
    await this.loaded;
    const stored = await this.documents.stored();
    return stored
      .sort((one, other) => other.savedAt - one.savedAt)
      .flatMap((state) => this.node(state) ?? []);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private node(state: MessageState): DraftNode | undefined {
    if (state.draft === null) return undefined;
    const { ref } = state;
    const mine = contentOf(parseMessage(state.draft));
    if (mine && changedMembers(state.base, mine).length === 0) return undefined;
    const document = this.documents.peek(ref);
    return {
      ref,
      uri: messageUri(ref),
      condition: conditionOf(document, mine !== undefined),
      text: summarize(mine ?? state.base).text,
    };
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(undefined), 100);
  }
}

function conditionOf(document: Knowledge | undefined, isJson: boolean): DraftCondition {
  if (document?.gone) return 'gone';
  if (document && wasRecalled(document)) return 'recalled';
  if (document && isUnmerged(document)) return 'unmerged';
  if (document && isConflict(document)) return 'conflict';
  return isJson ? 'ready' : 'broken';
}

const icons: Readonly<Record<DraftCondition, string>> = {
  ready: 'edit',
  broken: 'error',
  unmerged: 'git-merge',
  conflict: 'git-merge',
  recalled: 'circle-slash',
  gone: 'circle-slash',
};

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
