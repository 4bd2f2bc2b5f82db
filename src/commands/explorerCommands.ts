import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { checkUserId } from '../connections/inputChecks';
import { daysBefore, parseDay, type Day } from '../explorer/days';
import type { ExplorerView } from '../explorer/explorerView';
import { dayName } from '../explorer/labels';
import type { ConversationNode, DayNode, RowNode, TreeNode } from '../explorer/nodes';
import type { Notices } from '../ui/notices';
import { askPick, askText } from '../ui/wizard';
import { commandIds } from './commandIds';
import { pickConnection, textOf } from './pickConnection';
import type { CommandRegistry } from './register';

/** What the commands on the tree work with. */
export interface ExplorerCommandServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly notices: Notices;
}

/** Days that *Go to Date…* offers without typing: as long as the service keeps history by default. */
const OFFERED_DAYS = 7;

/** Registers the commands on the tree. */
export function registerExplorerCommands(registry: CommandRegistry, services: ExplorerCommandServices): void {
  const { connections, explorer, notices } = services;

  registry.register(commandIds.explorerRefresh, () => explorer.refresh());
  registry.register(commandIds.explorerRefreshNode, (node) => explorer.refresh(nodeIn(node)));
  registry.register(commandIds.explorerLoadMore, (node) => moreBelow(explorer, node));
  registry.register(commandIds.explorerRetry, (node) => moreBelow(explorer, node));
  registry.register(commandIds.explorerFocusDown, () => explorer.moveFocus('Down'));
  registry.register(commandIds.explorerFocusUp, () => explorer.moveFocus('Up'));

  registry.register(commandIds.userAdd, async (argument) => {
    const title = vscode.l10n.t('Add User');
    const { id, name } = await pickConnection(connections, argument, title);
    const user =
      textOf(argument, 'userId') ??
      (await askText(title, {
        prompt: vscode.l10n.t('UserID of a user of {0}', name),
        validate: checkUserId,
      }));
    await connections.addUser(id, user);
    void warnIfNotImported(id, user);
    await explorer.reveal(id, user);
  });

  registry.register(commandIds.userRemove, (argument) => {
    const [id, user] = [textOf(argument, 'connectionId'), textOf(argument, 'user')];
    return id === undefined || user === undefined ? undefined : connections.removeUser(id, user);
  });

  registry.register(commandIds.conversationAdd, async (argument) => {
    const title = vscode.l10n.t('Add Conversation');
    const { id } = await pickConnection(connections, argument, title);
    const user =
      textOf(argument, 'user') ??
      (await askText(title, {
        prompt: vscode.l10n.t('UserID of the user who sees it'),
        validate: checkUserId,
      }));
    const peer =
      textOf(argument, 'peer') ??
      (await askText(title, { prompt: vscode.l10n.t('UserID of the other user'), validate: checkUserId }));
    await connections.addUser(id, user);
    await connections.addConversation(id, { user, peer });
    await explorer.reveal(id, user, peer);
  });

  registry.register(commandIds.conversationRemove, (argument) => {
    const [id, user, peer] = ['connectionId', 'operator', 'peer'].map((name) => textOf(argument, name));
    if (id === undefined || user === undefined || peer === undefined) return undefined;
    return connections.removeConversation(id, { user, peer });
  });

  registry.register(commandIds.conversationGoToDate, async (argument, date) => {
    const node = nodeIn(argument);
    if (node?.kind !== 'conversation' && node?.kind !== 'day') return;
    const now = Math.floor(Date.now() / 1000);
    const day = (typeof date === 'string' ? parseDay(date, now) : undefined) ?? (await askDay(now));
    await goToDate(node, day);
  });

  registry.register(commandIds.messageCopyKey, async (argument) => {
    const node = nodeIn(argument);
    if (node?.kind !== 'message') return;
    await vscode.env.clipboard.writeText(node.message.key);
    vscode.window.setStatusBarMessage(vscode.l10n.t('MsgKey copied: {0}', node.message.key), 4000);
  });

  async function goToDate(node: ConversationNode | DayNode, day: Day): Promise<void> {
    if ((await explorer.goToDate(node, day)) === undefined) {
      void notices.showInfo(
        vscode.l10n.t(
          '{0} and {1} have no messages on {2} that the service still shows.',
          node.operator,
          node.peer,
          day.id,
        ),
      );
    }
  }

  /** A user who was mistyped has no conversations, and it is kind to say why. */
  async function warnIfNotImported(connectionId: string, userId: string): Promise<void> {
    try {
      const client = await connections.client(connectionId, { startSandbox: true });
      const [account] = await client.accountCheck([userId]);
      if (account?.imported !== false) return;
      await notices.showWarning(
        vscode.l10n.t('{0} has no account in this app. Is the UserID right?', userId),
        {
          title: vscode.l10n.t('Import Account'),
          command: commandIds.accountImport,
          args: [{ connectionId, userId }],
        },
      );
    } catch {
      // The tree shows what is wrong with the connection as soon as the user is opened.
    }
  }
}

async function askDay(now: number): Promise<Day> {
  const title = vscode.l10n.t('Go to Date');
  const days = Array.from({ length: OFFERED_DAYS }, (_, count) => daysBefore(now, count));
  const chosen = await askPick<Day | undefined>(title, {
    placeholder: vscode.l10n.t('Day of the messages'),
    choices: [
      ...days.map((day) => ({ value: day, label: dayName(day.id, now), description: day.id })),
      { value: undefined, label: vscode.l10n.t('Another date…'), icon: 'edit' },
    ],
  });
  if (chosen !== undefined) return chosen;
  const text = await askText(title, {
    prompt: vscode.l10n.t('Date as year-month-day'),
    value: days.at(-1)?.id,
    validate: (typed) =>
      parseDay(typed, now) === undefined
        ? vscode.l10n.t('A date looks like {0}.', daysBefore(now, 30).id)
        : undefined,
  });
  const day = parseDay(text, now);
  if (day === undefined) throw new vscode.CancellationError();
  return day;
}

async function moreBelow(explorer: ExplorerView, argument: unknown): Promise<void> {
  const node = nodeIn(argument);
  if (node?.kind === 'row') await explorer.more(node satisfies RowNode);
}

/** The node of the tree that a menu or a row gives to its command. */
function nodeIn(argument: unknown): TreeNode | undefined {
  return typeof argument === 'object' && argument !== null && 'kind' in argument && 'id' in argument
    ? (argument as TreeNode)
    : undefined;
}
