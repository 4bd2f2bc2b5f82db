import type { Connections } from '../connections/connections';
import { environmentName } from '../connections/names';
import type { ChatView } from '../conversation/pageProtocol';
import { chatText } from '../ui/addressTexts';
import type { ChatPlace } from './pageServices';

/** What the head of a page says of its conversation. A connection that is not there any more allows nothing. */
export function chatViewOf(
  { connectionId, chat, user }: ChatPlace,
  panel: string,
  connections: Connections,
): ChatView {
  const connection = connections.get(connectionId);
  const environment = connection?.environment ?? 'production';
  return {
    panel,
    chat,
    ...(user !== undefined && { user }),
    title: chatText(chat),
    connectionId,
    connectionName: connection?.name ?? '',
    readOnly: connection?.readOnly ?? true,
    environment,
    environmentLabel: environmentName(environment),
  };
}
