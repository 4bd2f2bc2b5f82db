import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import type { Connections } from '../connections/connections';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { viewIds } from '../contributions/ids';
import { messageTarget } from '../documents/activeMessage';
import type { MessageDocuments } from '../documents/messageDocuments';
import { messageName } from '../ui/messageName';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import type { ExplorerView } from '../views/conversations/explorerView';
import { noMessage } from './noMessage';

/** What the commands from an editor or a row to the tree, and from rows to editors, work with. */
export interface RevealServices {
  readonly connections: Connections;
  readonly explorer: ExplorerView;
  readonly documents: () => Promise<MessageDocuments>;
}

/** *Reveal in Conversations*, *Open to the Side* and the filters of the trees. */
export function revealCommands({
  connections,
  explorer,
  documents,
}: RevealServices): Pick<
  CommandHandlers,
  'messageReveal' | 'messageOpenToSide' | 'explorerFilter' | 'draftsFilter'
> {
  /** When a message was sent: of two users its key tells, of a group the message itself. */
  async function timeOf(ref: MessageRef): Promise<number | undefined> {
    const { address } = ref;
    const sent = address.chat === 'c2c' ? parseMsgKey(address.key)?.time : undefined;
    return sent ?? (await (await documents()).get(ref))?.facts?.time;
  }

  return {
    messageReveal: async (argument) => {
      const ref = messageTarget(argument)?.ref;
      if (!ref) throw noMessage();
      if (!connections.get(ref.connectionId))
        throw new NoticeError(vscode.l10n.t('This connection is not in the list any more.'), [
          asCommand(vscode.l10n.t('Add Connection'), commands.connectionAdd),
        ]);
      const isShown = await withProgress(vscode.l10n.t('Looking for the message…'), async ({ signal }) => {
        const time = await timeOf(ref);
        await vscode.commands.executeCommand(`${viewIds.explorer}.focus`);
        return time !== undefined && (await explorer.revealMessage(ref, time, signal));
      });
      if (!isShown)
        sayInStatusBar(vscode.l10n.t('{0} is not among the messages of its day.', messageName(ref)));
    },
    messageOpenToSide: async (argument, all = []) => {
      const targets = (all.length > 1 ? all : [argument ?? explorer.selectedMessage]).flatMap(
        (one) => messageTarget(one)?.uri ?? [],
      );
      if (targets.length === 0) throw noMessage();
      const [first, ...more] = targets;
      await vscode.commands.executeCommand('vscode.open', first, {
        viewColumn: vscode.ViewColumn.Beside,
        preview: false,
      });
      // The group that was made has the focus now.
      for (const uri of more)
        await vscode.commands.executeCommand('vscode.open', uri, {
          viewColumn: vscode.ViewColumn.Active,
          preview: false,
        });
    },
    explorerFilter: () => filter(viewIds.explorer),
    draftsFilter: () => filter(viewIds.drafts),
  };
}

/** Opens the box with which VS Code filters the rows of a tree. */
async function filter(view: string): Promise<void> {
  await vscode.commands.executeCommand(`${view}.focus`);
  await vscode.commands.executeCommand('list.find');
}
