import './conversation.css';
import type { ToPage } from '../../src/conversation/pageProtocol';
import { ConversationPage } from './conversationPage';
import { Host } from './host';

/** Starts the page once it knows its texts, which stand in its frame. */
function start(root: HTMLElement): void {
  const host = new Host();
  let page: ConversationPage | undefined;
  const take = (message: ToPage): void => {
    if (page) page.take(message);
    else if (message.type === 'init') page = new ConversationPage(root, host, message);
  };
  addEventListener('error', ({ message }) => host.send({ type: 'failed', message }));
  host.listen(take);
  const first = host.first();
  if (first) take(first);
  host.send({ type: 'ready', saved: host.kept });
}

const root = document.getElementById('page');
if (root) start(root);
