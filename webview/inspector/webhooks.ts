import type { ShownWebhook } from '../../src/sandbox/control/pageProtocol';
import { element } from '../dom';
import { ask, askJson } from './connection';
import { l10n } from './l10n';
import {
  button,
  code,
  fill,
  input,
  labelled,
  laidOut,
  moveByArrows,
  timeText,
  type Notices,
} from './widgets';

const MOST_KEPT = 200;

interface Target {
  readonly url: string;
  readonly token?: string;
  readonly commands?: readonly string[];
}

/** Where webhooks go, and those that were sent with what was answered. */
export class Webhooks {
  readonly root: HTMLElement;
  private readonly list = element('ul', { class: 'items' });
  private readonly detail = element('section', { class: 'detail' });
  private readonly url = labelled(
    'URL',
    input({ type: 'url', placeholder: 'http://127.0.0.1:8080/callback' }),
  );
  private readonly token = labelled(l10n.t('Token for Sign'), input());
  private readonly commands = labelled(l10n.t('Commands, with commas; all when empty'), input());
  private kept: ShownWebhook[] = [];

  constructor(private readonly notices: Notices) {
    moveByArrows(this.list);
    fill(
      this.detail,
      element('p', { class: 'empty' }, l10n.t('Choose a webhook to see what was sent and answered.')),
    );
    const form = element(
      'form',
      { class: 'fields', 'aria-label': l10n.t('Where webhooks go') },
      ...[this.url.row, this.token.row, this.commands.row],
      element(
        'div',
        { class: 'actions' },
        button(l10n.t('Switch On'), () => void this.save(), { class: 'main' }),
        button(l10n.t('Switch Off'), () => void this.switchOff()),
      ),
    );
    this.root = element(
      'div',
      { class: 'split' },
      element('nav', { class: 'side wide', 'aria-label': l10n.t('Webhooks') }, form, this.list),
      this.detail,
    );
  }

  async refresh(): Promise<void> {
    await this.notices.during(
      Promise.all([
        askJson<Target | null>('GET', 'webhook'),
        askJson<{ webhooks: ShownWebhook[] }>('GET', 'webhooks'),
      ]).then(([target, { webhooks }]) => {
        if (!this.root.contains(document.activeElement)) {
          this.url.field.value = target?.url ?? '';
          this.token.field.value = target?.token ?? '';
          this.commands.field.value = target?.commands?.join(', ') ?? '';
        }
        this.kept = webhooks;
        this.draw();
      }),
    );
  }

  add(webhooks: readonly ShownWebhook[]): void {
    if (webhooks.length === 0) return;
    this.kept = [...this.kept, ...webhooks].slice(-MOST_KEPT);
    if (!this.list.contains(document.activeElement)) this.draw();
  }

  private draw(): void {
    const rows = [...this.kept].reverse().map((webhook) => {
      const made = button('', () => this.choose(webhook), {
        class: `item${webhook.status === 200 ? '' : ' wrong'}`,
      });
      fill(
        made,
        element('span', { class: 'name' }, webhook.command),
        element('span', { class: 'code' }, webhook.status === undefined ? '–' : String(webhook.status)),
        element('span', { class: 'quiet' }, timeText(webhook.at)),
      );
      return element('li', {}, made);
    });
    fill(this.list, ...rows);
    if (rows.length === 0)
      fill(this.list, element('li', { class: 'empty' }, l10n.t('No webhook was sent yet.')));
  }

  private choose(webhook: ShownWebhook): void {
    const answered = webhook.status === undefined ? l10n.t('No answer') : `HTTP ${webhook.status}`;
    fill(
      this.detail,
      element('h2', {}, webhook.command),
      element(
        'p',
        { class: 'quiet' },
        `${timeText(webhook.at)}  ${webhook.durationMs.toFixed(0)} ms  ${answered}`,
      ),
      element('h3', {}, l10n.t('Request')),
      code(laidOut(webhook.request), l10n.t('Request')),
      element('h3', {}, l10n.t('Answer')),
      code(laidOut(webhook.answer), l10n.t('Answer')),
    );
  }

  private async save(): Promise<void> {
    const commands = this.commands.field.value.split(',').flatMap((name) => name.trim() || []);
    const target = {
      url: this.url.field.value,
      ...(this.token.field.value !== '' && { token: this.token.field.value }),
      ...(commands.length > 0 && { commands }),
    };
    await this.notices.during(ask('POST', 'webhook', JSON.stringify(target)), l10n.t('Webhooks are on.'));
  }

  private async switchOff(): Promise<void> {
    await this.notices.during(ask('DELETE', 'webhook'), l10n.t('Webhooks are off.'));
    this.url.field.value = '';
  }
}
