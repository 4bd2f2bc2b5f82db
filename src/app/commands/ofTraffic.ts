import { Room } from '../../ui/room';
import { loading, type CommandParts } from './loading';

/** Commands about requests and webhooks. */
export function commandsOfTraffic({ connections, documents, notices, house, rooms }: CommandParts) {
  const onRequests = new Room(house, async () => {
    const { requestCommands } = await import('../../commands/requestCommands');
    return requestCommands(await rooms.requests.load());
  });
  const onInbox = new Room(house, async () => {
    const { webhookCommands } = await import('../../commands/webhookCommands');
    return webhookCommands({
      ...(await rooms.inbox.load()),
      view: await rooms.webhooks.load(),
      notices: await notices(),
    });
  });
  const onSamples = new Room(house, async () => {
    const { webhookSandboxCommands } = await import('../../commands/webhookSandboxCommands');
    return webhookSandboxCommands((await rooms.inbox.load()).inbox, await connections());
  });
  const onWebhooks = new Room(house, async () => {
    const { webhookEventCommands } = await import('../../commands/webhookEventCommands');
    return webhookEventCommands({
      ...(await rooms.inbox.load()),
      connections: await connections(),
      documents: await documents(),
      selected: (await rooms.webhooks.load()).selected,
    });
  });

  return {
    ...loading(onRequests, 'requestNew', 'requestSend', 'requestSendAll', 'requestStop', 'requestAnswers'),
    ...loading(
      onInbox,
      'webhooksStart',
      'webhooksStop',
      'webhooksStatus',
      'webhooksCopyAddress',
      'webhooksFilter',
      'webhooksClear',
      'webhooksGuide',
      'webhooksEditRules',
    ),
    ...loading(onSamples, 'webhooksConnectSandbox', 'webhooksSendSample', 'webhooksSetToken'),
    ...loading(
      onWebhooks,
      'webhooksOpen',
      'webhooksOpenMessage',
      'webhooksCopyKey',
      'webhooksCopyAs',
      'webhooksSaveAsList',
      'webhooksEditAndReplay',
      'webhooksSendEdited',
      'webhooksReplay',
      'webhooksAddRule',
    ),
  };
}
