import { minify } from '../../src/json/layout';
import { isJson } from '../../src/json/strictScanner';
import type { ListedChat } from '../../src/sandbox/control/pageProtocol';
import { element } from '../dom';
import { l10n } from './l10n';
import { send } from './service';
import { button, input, labelled, select, textarea, type Notices } from './widgets';

/** Fields for what a message says: its text, or its JSON. */
class ContentFields {
  readonly rows: readonly HTMLElement[];
  private readonly text = labelled(l10n.t('Text, or MsgBody as JSON'), textarea('', { rows: '3' }));
  private readonly cloud = labelled('CloudCustomData', input());

  constructor() {
    this.rows = [this.text.row, this.cloud.row];
  }

  /** JSON of MsgBody: what was written when it is a JSON array, else one text element. */
  get body(): string {
    const { value } = this.text.field;
    if (/^\s*\[/.test(value) && isJson(value)) return minify(value);
    return JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: value } }]);
  }

  get cloudJson(): string | undefined {
    const { value } = this.cloud.field;
    return value === '' ? undefined : JSON.stringify(value);
  }

  get isEmpty(): boolean {
    return this.text.field.value === '';
  }

  clear(): void {
    this.text.field.value = '';
    this.cloud.field.value = '';
  }

  /** Ctrl+Enter, or Cmd+Enter. */
  onEnter(action: () => void): void {
    this.text.field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      action();
    });
  }
}

/** Where a message is written into a chat, as any of its users. */
export function composer(chat: ListedChat, notices: Notices, onSent: () => void): HTMLElement {
  const users = chat.chat === 'c2c' ? chat.users : chat.members;
  const from = labelled(
    l10n.t('From'),
    select(
      users.map((user) => [user, user]),
      users[0] ?? '',
    ),
  );
  const content = new ContentFields();
  const submit = (): void => {
    if (content.isEmpty) return;
    const draft = { from: from.field.value, body: content.body, cloud: content.cloudJson };
    const sent = send(chat, draft).then(() => {
      content.clear();
      onSent();
    });
    void notices.during(sent);
  };
  content.onEnter(submit);
  return element(
    'form',
    { class: 'composer', 'aria-label': l10n.t('Write a message') },
    from.row,
    ...content.rows,
    button(l10n.t('Send'), submit, { class: 'main', title: l10n.t('Ctrl+Enter sends it') }),
  );
}

/** Where a message is written to anybody. */
export function newMessage(notices: Notices, onSent: () => void): HTMLElement {
  const from = labelled(l10n.t('From'), input());
  const to = labelled(l10n.t('To'), input());
  const content = new ContentFields();
  const submit = (): void => {
    const draft = { from: from.field.value, body: content.body, cloud: content.cloudJson };
    const sent = send({ user: to.field.value }, draft).then(() => {
      content.clear();
      onSent();
    });
    void notices.during(sent, l10n.t('Sent.'));
  };
  content.onEnter(submit);
  return element(
    'form',
    { class: 'composer new', 'aria-label': l10n.t('Write a message') },
    element('h2', {}, l10n.t('New Message')),
    from.row,
    to.row,
    ...content.rows,
    button(l10n.t('Send'), submit, { class: 'main' }),
  );
}
