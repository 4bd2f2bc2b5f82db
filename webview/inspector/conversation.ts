import { minify } from '../../src/json/layout';
import { isJson } from '../../src/json/strictScanner';
import { previewOf } from '../../src/message/preview';
import type { ListedChat, MessagePage, ShownMessage } from '../../src/sandbox/control/pageProtocol';
import { element } from '../dom';
import { bubble } from '../view/bubble';
import { composer } from './composer';
import { askJson } from './connection';
import { language, l10n } from './l10n';
import { chatName, modify, queryOf, recall } from './service';
import { button, code, fill, labelled, laidOut, locale, textarea, timeText, type Notices } from './widgets';

const PAGE = 50;

/** The messages of one chat, as bubbles and as JSON, with what can be done to them. */
export class Conversation {
  readonly root: HTMLElement;
  private readonly list = element('ol', { class: 'messages', 'aria-label': l10n.t('Messages') });
  private readonly older = button(l10n.t('Show Older'), () => void this.showOlder(), { class: 'older' });
  private page: MessagePage = { total: 0, first: 0, messages: [] };
  private wanted = PAGE;
  /** What is being changed; while that is so, what comes in is not drawn over it. */
  private editing: string | undefined;
  private drawn = '';

  constructor(
    readonly chat: ListedChat,
    private readonly notices: Notices,
    private readonly onChanged: () => void,
  ) {
    this.older.hidden = true;
    const scroll = element('div', { class: 'scroll', tabindex: '0', role: 'region' }, this.older, this.list);
    scroll.setAttribute('aria-label', chatName(chat));
    this.root = element(
      'div',
      { class: 'conversation' },
      element('h2', { dir: 'auto' }, chatName(chat)),
      scroll,
      composer(chat, notices, onChanged),
    );
  }

  /** Reads the messages anew. */
  async refresh(): Promise<void> {
    await this.notices.during(
      askJson<MessagePage>('GET', `messages?${queryOf(this.chat)}&limit=${this.wanted}`).then((page) => {
        this.page = page;
        if (this.editing === undefined) this.draw();
      }),
    );
  }

  private async showOlder(): Promise<void> {
    this.wanted += PAGE;
    await this.refresh();
  }

  private draw(): void {
    const { messages, first } = this.page;
    const now = JSON.stringify([messages, first]);
    if (now === this.drawn) return;
    this.drawn = now;
    const scroll = this.list.parentElement;
    const wasAtEnd =
      !scroll ||
      scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40 ||
      this.list.children.length === 0;
    this.older.hidden = first === 0;
    fill(this.list, ...messages.map((message) => this.item(message)));
    if (wasAtEnd && scroll) scroll.scrollTop = scroll.scrollHeight;
  }

  private item(message: ShownMessage): HTMLElement {
    const { from, key, time, recalled, seenBy, body } = message;
    const isOther = this.chat.chat === 'c2c' && from === this.chat.users[1];
    const { parts } = previewOf({ msgBody: body }, language());
    const words = {
      strings: {
        partUnknown: l10n.t('Unknown element {0}', '{0}'),
        messages: l10n.t('{0} messages', '{0}'),
        seconds: l10n.t('{0} s', '{0}'),
      },
      locale: locale(),
    };
    const marks = [
      ...(recalled ? [l10n.t('Recalled')] : []),
      ...(seenBy === 'both' ? [] : [seenByText(seenBy)]),
    ];
    const made = element('li', { class: `message${isOther ? ' other' : ''}${recalled ? ' recalled' : ''}` });
    fill(
      made,
      element(
        'p',
        { class: 'quiet' },
        element('strong', { dir: 'auto' }, from),
        ` ${timeText(time * 1000)}`,
        ...marks.map((mark) => element('span', { class: 'mark' }, mark)),
      ),
      ...parts.map((part) => bubble(part, words)),
      parts.length === 0 ? element('p', { class: 'quiet' }, l10n.t('No elements')) : undefined,
      this.details(message, made),
    );
    made.dataset.key = key;
    return made;
  }

  private details(message: ShownMessage, item: HTMLElement): HTMLElement {
    const { key, body, cloud, recalled, from } = message;
    const details = element('details', {}, element('summary', {}, key)) as HTMLDetailsElement;
    details.addEventListener('toggle', () => {
      if (details.open) requestAnimationFrame(() => details.scrollIntoView({ block: 'nearest' }));
      if (details.children.length > 1) return;
      details.append(
        code(laidOut(body), l10n.t('MsgBody of {0}', key)),
        ...(cloud === undefined ? [] : [code(laidOut(cloud), l10n.t('CloudCustomData of {0}', key))]),
        element(
          'div',
          { class: 'actions' },
          button(l10n.t('Modify'), () => this.edit(message, item)),
          button(
            l10n.t('Recall'),
            () => this.recall(message),
            recalled || from === '' ? { disabled: '' } : {},
          ),
        ),
      );
    });
    return details;
  }

  private edit(message: ShownMessage, item: HTMLElement): void {
    this.editing = message.key;
    const body = labelled('MsgBody', textarea(laidOut(message.body), { rows: '8' }));
    const cloud = labelled(
      l10n.t('CloudCustomData, a string as JSON'),
      textarea(message.cloud ?? '""', { rows: '2' }),
    );
    const end = (): void => {
      this.editing = undefined;
      this.drawn = '';
      this.draw();
    };
    const save = (): void => {
      const texts = [body.field.value, cloud.field.value];
      if (!texts.every(isJson)) {
        this.notices.say(l10n.t('This is not JSON.'), 'wrong');
        return;
      }
      const [msgBody = '', cloudJson = ''] = texts.map(minify);
      const done = modify(this.chat, message, msgBody, cloudJson).then(() => {
        end();
        this.onChanged();
      });
      void this.notices.during(done, l10n.t('Modified.'));
    };
    const form = element(
      'form',
      { class: 'composer', 'aria-label': l10n.t('Modify {0}', message.key) },
      body.row,
      cloud.row,
      element(
        'div',
        { class: 'actions' },
        button(l10n.t('Modify'), save, { class: 'main' }),
        button(l10n.t('Cancel'), end),
      ),
    );
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') end();
    });
    item.append(form);
    body.field.focus();
  }

  private recall(message: ShownMessage): void {
    void this.notices.during(recall(this.chat, message).then(this.onChanged), l10n.t('Recalled.'));
  }
}

function seenByText(seenBy: 'sender' | 'receiver' | 'nobody'): string {
  switch (seenBy) {
    case 'sender':
      return l10n.t('Only the sender sees it');
    case 'receiver':
      return l10n.t('Only the receiver sees it');
    case 'nobody':
      return l10n.t('Nobody sees it');
  }
}
