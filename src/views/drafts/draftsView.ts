import * as vscode from 'vscode';
import { asCommand } from '../../contributions/command';
import { commands } from '../../contributions/commands';
import type { Connections } from '../../connections/connections';
import { connectionText } from '../../connections/names';
import { conditionText, type Draft, type DraftCondition, type DraftList } from '../../documents/draftList';
import { refKey } from '../../chat/address';
import { unsentUri } from '../../documents/unsentUri';
import { outgoingOf } from '../../outgoing/outgoing';
import { summarize } from '../../message/summary';
import type { Unsent, UnsentStore } from '../../sending/unsentStore';
import { plainRow } from '../../ui/rows';
import { fullTime } from '../../ui/times';
import { addressText, chatText, keyText, namesText } from '../../ui/addressTexts';

/** Receivers that a row names; of more it says how many. */
const NAMED = 3;

/** A message that is not sent yet, as a row. */
interface UnsentRow {
  readonly unsent: Unsent;
  readonly uri: vscode.Uri;
}

/** A row of the Drafts view. */
export type DraftRow = Draft | UnsentRow;

/** What the view shows of the messages that are not sent yet. */
export interface UnsentList {
  readonly store: Pick<UnsentStore, 'list'>;
  readonly onDidChange: vscode.Event<void>;
}

/** Lists every draft of every connection and every message that is not sent yet, with a badge that counts them. */
export class DraftsView implements vscode.TreeDataProvider<DraftRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly list: DraftList,
    private readonly unsent: UnsentList,
    private readonly connections: Connections,
    private readonly view: vscode.TreeView<DraftRow>,
  ) {
    this.subscriptions = [
      this.changed,
      list.onDidChange(() => this.refreshSoon()),
      unsent.onDidChange(() => this.refreshSoon()),
      connections.onDidChange(() => this.refreshSoon()),
    ];
  }

  async getChildren(node?: DraftRow): Promise<DraftRow[]> {
    if (node) return [];
    const unsent = (await this.unsent.store.list()).map((one) => ({ unsent: one, uri: unsentUri(one) }));
    const drafts = [...unsent, ...(await this.list.all())];
    this.view.badge =
      drafts.length === 0
        ? undefined
        : {
            value: drafts.length,
            tooltip: vscode.l10n.t('Drafts not yet on the service: {0}', drafts.length),
          };
    return drafts;
  }

  getTreeItem(row: DraftRow): vscode.TreeItem {
    if ('unsent' in row) return this.unsentItem(row);
    const { ref, uri, condition, text, time } = row;
    const item = new vscode.TreeItem(addressText(ref.address));
    const connection = this.connections.get(ref.connectionId);
    item.id = refKey(ref);
    item.resourceUri = uri;
    const sent = time === undefined || time === 0 ? [] : [fullTime(time)];
    const app = connection && connectionText(connection);
    item.description = [text, ...(app === undefined ? [] : [app]), ...sent].join(' · ');
    item.iconPath = new vscode.ThemeIcon(icons[condition]);
    item.contextValue = connection?.readOnly === true ? `draft.${condition}.readOnly` : `draft.${condition}`;
    item.tooltip = [
      conditionText(condition),
      app ?? vscode.l10n.t('Its connection was removed; add it again to modify the message.'),
      ...sent,
      keyText(ref.address),
    ].join('\n');
    item.command = asCommand(vscode.l10n.t('Show Changes'), commands.draftShow, { uri });
    item.accessibilityInformation = {
      label: [addressText(ref.address), conditionText(condition), text, app ?? '', ...sent].join(', '),
    };
    return plainRow(item);
  }

  private unsentItem({ unsent, uri }: UnsentRow): vscode.TreeItem {
    const outgoing = outgoingOf(unsent.text);
    const to = outgoing?.chat ? chatText(outgoing.chat) : namesText(outgoing?.to ?? [], NAMED);
    const name = vscode.l10n.t('New message: {0}', to);
    const item = new vscode.TreeItem(name);
    const connection = this.connections.get(unsent.connectionId);
    const text = outgoing ? summarize(outgoing.content).text : '';
    item.id = `unsent ${unsent.id}`;
    item.description = text;
    item.iconPath = new vscode.ThemeIcon(outgoing ? 'mail' : 'error');
    item.contextValue = 'unsent';
    item.tooltip = [
      vscode.l10n.t('Not sent yet'),
      connection ? connectionText(connection) : vscode.l10n.t('Removed connection'),
    ].join('\n');
    item.command = { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [uri] };
    item.accessibilityInformation = { label: `${name}, ${text}` };
    return plainRow(item);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(undefined), 100);
  }
}

const icons: Readonly<Record<DraftCondition, string>> = {
  ready: 'edit',
  broken: 'error',
  unmerged: 'git-merge',
  conflict: 'git-merge',
  recalled: 'circle-slash',
  gone: 'circle-slash',
};
