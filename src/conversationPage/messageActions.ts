import type { MessageAddress } from '../chat/address';
import { commands } from '../contributions/commands';
import { runCommand } from '../contributions/runCommand';
import type { MessageCommand } from '../conversation/pageProtocol';

/** Carries out what a person does with messages of a page, by the commands of the tree. */
export async function actOnMessages(
  command: MessageCommand,
  connectionId: string,
  rows: readonly { readonly id: string; readonly address: MessageAddress }[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const one = { connectionId, message: { address: first.address } };
  const nodes = rows.map(({ id }) => ({ kind: 'message', id }));
  switch (command) {
    case 'openAsText':
      await runCommand(commands.messageOpenAsText, one);
      return;
    case 'copyAs':
      await runCommand(commands.copyAs, one);
      return;
    case 'copyKey':
      await runCommand(commands.messageCopyKey, one);
      return;
    case 'modify':
      await runCommand(commands.messageModify, one);
      return;
    case 'recall':
      await runCommand(commands.messageRecall, one);
      return;
    case 'duplicate':
      await runCommand(commands.messageDuplicate, one);
      return;
    case 'history':
      await runCommand(commands.historyShow, one);
      return;
    case 'editAsList':
      await runCommand(commands.listEdit, nodes[0], nodes);
      return;
    case 'export':
      await runCommand(commands.listExport, nodes[0], nodes);
  }
}
