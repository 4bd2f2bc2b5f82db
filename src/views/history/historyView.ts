import * as vscode from 'vscode';
import { asCommand } from '../../contributions/command';
import { commands } from '../../contributions/commands';
import { contextKeys, setContext } from '../../contributions/contextKeys';
import { viewIds } from '../../contributions/ids';
import type { Journal, RevisionFilter } from '../../journal/journal';
import { timeOfId } from '../../journal/revisionId';
import {
  intendedContent,
  type OutcomeState,
  type Revision,
  type RevisionOutcome,
} from '../../journal/revision';
import { plainRow } from '../../ui/rows';
import { messageUri } from '../../documents/messageRef';
import { connectionText } from '../../connections/names';
import { summarize } from '../../message/summary';
import { changeText } from '../../ui/changeText';
import { fullTime } from '../../ui/times';
import { describeView } from '../../ui/titles';
import { addressText, keyText } from '../../ui/addressTexts';

/** A row of the History view that is one modification. */
interface RevisionNode {
  readonly revision: Revision;
  /** Of the message, for the commands about it. */
  readonly uri: vscode.Uri;
}

/** A row of the History view that is a plan; its modifications stand below it. */
interface PlanNode {
  readonly plan: string;
  readonly count: number;
  readonly at: number;
}

export type HistoryNode = RevisionNode | PlanNode;

/** Most revisions that are shown at once. */
const SHOWN = 200;
/** Most of one plan. */
const SHOWN_OF_PLAN = 1_000;
/** Most that are looked through for a text. */
const LOOKED_THROUGH = 5_000;
/** A modify changes the journal twice in a moment. */
const REST_MS = 100;

/** Lists what was modified from this machine: of everything, a connection, a conversation, or one message. */
export class HistoryView implements vscode.TreeDataProvider<HistoryNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private timer: NodeJS.Timeout | undefined;
  private filter: RevisionFilter = {};
  private text = '';

  readonly onDidChangeTreeData = this.changed.event;

  /** @param onDidChangeJournal what this window wrote into the journal; other windows' entries come with a look at it */
  constructor(
    private readonly journal: Journal,
    onDidChangeJournal: vscode.Event<void>,
    private readonly view: vscode.TreeView<HistoryNode>,
    /** How many messages each plan has, by its id. */
    private readonly planSizes: () => Promise<ReadonlyMap<string, number>>,
  ) {
    this.subscriptions = [
      this.changed,
      onDidChangeJournal(() => this.refreshSoon()),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.refresh();
      }),
    ];
  }

  /** Shows the revisions of one message, conversation or connection, or all. */
  async show(filter: RevisionFilter, name: string | undefined): Promise<void> {
    this.text = '';
    await this.narrow(filter, name);
  }

  /** Shows what names a text in its row, before or after, of everything, plans unfolded. An empty one shows all. */
  async find(text: string): Promise<void> {
    this.text = text.toLowerCase();
    await this.narrow({}, text === '' ? undefined : vscode.l10n.t('with “{0}”', text));
  }

  private async narrow(filter: RevisionFilter, name: string | undefined): Promise<void> {
    this.filter = filter;
    describeView(this.view, name ?? '');
    await setContext(contextKeys.historyFiltered, name !== undefined);
    this.changed.fire(undefined);
    await vscode.commands.executeCommand(`${viewIds.history}.focus`);
  }

  /** Reads the journal again. */
  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (node && 'revision' in node) return [];
    if (node) {
      const { plan } = node;
      const revisions = await this.journal.list({ ...this.filter, plan, limit: SHOWN_OF_PLAN });
      return revisions.map(rowOf);
    }
    if (this.text !== '') {
      const all = await this.journal.list({ ...this.filter, limit: LOOKED_THROUGH });
      return all
        .filter((revision) => textsOf(revision).includes(this.text))
        .slice(0, SHOWN)
        .map(rowOf);
    }
    const alone = await this.journal.list({ ...this.filter, alone: true, limit: SHOWN });
    const plans = await this.journal.listPlans(this.filter);
    const sizes = plans.length > 0 ? await this.planSizes() : new Map<string, number>();
    const rows = [
      ...alone.map((revision) => ({ id: revision.id, node: rowOf(revision) })),
      ...plans.map(({ plan, count, newest }) => ({
        id: newest,
        // A message that was tried again is in the journal again.
        node: { plan, count: Math.min(count, sizes.get(plan) ?? count), at: timeOfId(newest) ?? 0 },
      })),
    ];
    return rows.sort((one, other) => (one.id < other.id ? 1 : -1)).map(({ node: row }) => row);
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    if ('plan' in node) return planItem(node);
    const { revision } = node;
    const { state } = revision.outcome;
    const at = revision.at / 1000;
    const time = fullTime(at);
    const item = new vscode.TreeItem(addressText(revision.address));
    const isNew = revision.action === 'send' || revision.action === 'import';
    const outcome = isNew ? sentText(revision.outcome) : outcomeText(revision.outcome);
    const { connection } = revision;
    const what = whatText(revision);
    item.id = revision.id;
    const app = connectionText(connection);
    item.description = [time, what, app].join(' · ');
    item.iconPath = new vscode.ThemeIcon(icons[state]);
    item.contextValue = `revision.${revision.action}.${state}`;
    item.tooltip = [
      outcome,
      time,
      `${app}, ${connection.sdkAppId}, ${connection.administrator}`,
      keyText(revision.address),
    ].join('\n');
    item.accessibilityInformation = {
      label: [addressText(revision.address), time, outcome, what, app].join(', '),
    };
    item.command = asCommand(vscode.l10n.t('Show Changes'), commands.revisionShow, { revision });
    return plainRow(item);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), REST_MS);
  }
}

function planItem({ plan, count, at }: PlanNode): vscode.TreeItem {
  const label = count === 1 ? vscode.l10n.t('Plan: 1 message') : vscode.l10n.t('Plan: {0} messages', count);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `plan ${plan}`;
  item.description = fullTime(at / 1000);
  item.iconPath = new vscode.ThemeIcon('checklist');
  item.contextValue = 'plan';
  return plainRow(item);
}

function rowOf(revision: Revision): RevisionNode {
  const { address, connection } = revision;
  return { revision, uri: messageUri({ connectionId: connection.id, address }) };
}

/** What was done, in words. */
function whatText({ action, before, intent }: Revision): string {
  const after = summarize(intendedContent({ before, intent })).text;
  switch (action) {
    case 'modify':
      return (before && changeText(before, intent)) ?? after;
    case 'recall':
      return vscode.l10n.t('Recalled: {0}', after);
    case 'send':
      return vscode.l10n.t('Sent: {0}', after);
    case 'import':
      return vscode.l10n.t('Imported: {0}', after);
  }
}

/** All that a person may look for. */
function textsOf(revision: Revision): string {
  const { address, connection, before, intent } = revision;
  const texts = [addressText(address), keyText(address), connection.name, whatText(revision)];
  for (const content of [before, intent]) texts.push(content?.msgBody ?? '', content?.cloudCustomData ?? '');
  return texts.join('\n').toLowerCase();
}

const icons: Readonly<Record<OutcomeState, string>> = {
  pending: 'question',
  done: 'check',
  refused: 'error',
  notDone: 'circle-slash',
  foreign: 'git-merge',
  unknown: 'question',
};

/** How a sending ended; who of many did not get it, by name. */
function sentText(ended: RevisionOutcome): string {
  const { state, failed = [] } = ended;
  switch (state) {
    case 'done':
      return failed.length === 0
        ? vscode.l10n.t('Done')
        : vscode.l10n.t('Not sent to {0}', failed.map(({ userId }) => userId).join(', '));
    case 'notDone':
    case 'foreign':
      return vscode.l10n.t('Not sent');
    case 'pending':
    case 'unknown':
      return vscode.l10n.t('Not known: the answer was lost, and the history does not tell');
    case 'refused':
      return outcomeText(ended);
  }
}

function outcomeText({ state, code, info }: RevisionOutcome): string {
  switch (state) {
    case 'done':
      return vscode.l10n.t('Done');
    case 'refused':
      return vscode.l10n.t('Refused by the service with code {0}', code ?? 0);
    case 'notDone':
      return vscode.l10n.t('Not done: the message kept its old content');
    case 'foreign':
      if (info === 'recalled') return vscode.l10n.t('The message was recalled meanwhile');
      if (info === 'gone') return vscode.l10n.t('The service no longer shows this message');
      return vscode.l10n.t("Not ours: somebody else's content was found afterwards");
    case 'pending':
    case 'unknown':
      return vscode.l10n.t('Not known: the answer was lost and the message could not be read since');
  }
}
