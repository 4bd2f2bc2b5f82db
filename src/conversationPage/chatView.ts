import { environmentName } from '../connections/names';
import type { ChatView } from '../conversation/pageProtocol';
import { chatText } from '../ui/addressTexts';
import type { ChatPlace, PageServices } from './pageServices';

/** What the head of a page says of its conversation. A connection that is not there any more allows nothing. */
export function chatViewOf(
  { connectionId, chat, user }: ChatPlace,
  panel: string,
  { connections, groupNames }: Pick<PageServices, 'connections' | 'groupNames'>,
): ChatView {
  const connection = connections.get(connectionId);
  const name = chat.chat === 'group' ? groupNames.get(connectionId, chat) : undefined;
  const environment = connection?.environment ?? 'production';
  return {
    panel,
    chat,
    ...(user !== undefined && { user }),
    title: name ?? chatText(chat),
    ...(name !== undefined && { id: chatText(chat) }),
    connectionId,
    connectionName: connection?.name ?? '',
    readOnly: connection?.readOnly ?? true,
    environment,
    environmentLabel: environmentName(environment),
  };
}
