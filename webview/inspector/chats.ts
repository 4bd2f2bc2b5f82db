import type { ChatPage, ListedChat } from '../../src/sandbox/control/pageProtocol';
import { element, filled } from '../dom';
import { newMessage } from './composer';
import { askJson } from './connection';
import { Conversation } from './conversation';
import { l10n } from './l10n';
import { chatName, sameChat } from './service';
import { button, fill, input, moveByArrows, timeText, type Notices } from './widgets';

/** The chats, and the messages of the one that was chosen. */
export class Chats {
  readonly root: HTMLElement;
  private readonly list = element('ul', { class: 'items' });
  private readonly count = element('p', { class: 'quiet' });
  private readonly detail = element('section', { class: 'detail' });
  private readonly search = input({ type: 'search', 'aria-label': l10n.t('Find a user or group') });
  private chosen: Conversation | undefined;
  private shown: readonly ListedChat[] = [];

  constructor(private readonly notices: Notices) {
    this.search.placeholder = l10n.t('Find a user or group');
    this.search.addEventListener('input', () => void this.refresh());
    moveByArrows(this.list);
    fill(this.detail, this.emptyState());
    const write = button(l10n.t('New Message'), () => this.writeNew());
    this.root = element(
      'div',
      { class: 'split' },
      element(
        'nav',
        { class: 'side', 'aria-label': l10n.t('Chats') },
        this.search,
        write,
        this.count,
        this.list,
      ),
      this.detail,
    );
  }

  /** Reads the chats anew, and the messages that are shown. */
  async refresh(): Promise<void> {
    const query = new URLSearchParams({ search: this.search.value });
    await this.notices.during(
      askJson<ChatPage>('GET', `chats?${query.toString()}`).then(({ total, chats }) => {
        this.shown = chats;
        this.count.textContent = countText(chats.length, total);
        this.showList();
      }),
    );
    await this.chosen?.refresh();
  }

  private emptyState(): HTMLElement {
    const text = l10n.t('Choose a chat to see its messages, or write one.');
    return element('p', { class: 'empty' }, text);
  }

  /** Keeps the focus on the chat that has it, whatever came meanwhile. */
  private showList(): void {
    const focused = [...this.list.children].findIndex((item) => item.contains(document.activeElement));
    const before = this.focusedChat(focused);
    fill(this.list, ...this.shown.map((chat) => this.item(chat)));
    const again = before && this.shown.findIndex((chat) => sameChat(chat, before));
    if (again !== undefined && again >= 0) this.list.children[again]?.querySelector('button')?.focus();
  }

  private listed: readonly ListedChat[] = [];

  private focusedChat(index: number): ListedChat | undefined {
    const chat = index < 0 ? undefined : this.listed[index];
    this.listed = this.shown;
    return chat;
  }

  private item(chat: ListedChat): HTMLElement {
    const isChosen = this.chosen !== undefined && sameChat(chat, this.chosen.chat);
    const made = button('', () => this.open(chat), {
      class: 'item',
      ...(isChosen && { 'aria-current': 'true' }),
    });
    fill(
      made,
      element('span', { class: 'name', dir: 'auto' }, chatName(chat)),
      element(
        'span',
        { class: 'quiet' },
        chat.messages === 1 ? l10n.t('1 message') : l10n.t('{0} messages', chat.messages),
      ),
      element('span', { class: 'quiet' }, chat.time === 0 ? '' : timeText(chat.time * 1000)),
    );
    return element('li', {}, made);
  }

  private open(chat: ListedChat): void {
    this.chosen = new Conversation(chat, this.notices, () => void this.refresh());
    fill(this.detail, this.chosen.root);
    this.showList();
    void this.chosen.refresh();
  }

  private writeNew(): void {
    this.chosen = undefined;
    fill(
      this.detail,
      newMessage(this.notices, () => void this.refresh()),
    );
    this.showList();
    this.detail.querySelector('input')?.focus();
  }
}

function countText(shown: number, total: number): string {
  if (total === 0) return l10n.t('No chats yet');
  return shown === total ? l10n.t('{0} chats', total) : filled(l10n.t('{0} of {1} chats'), shown, total);
}
