import type { ShownOutcome, ShownWebhook } from '../../src/sandbox/control/pageProtocol';
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
  select,
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
  private readonly sample = labelled(l10n.t('Webhook'), select([], ''));
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
      this.sample.row,
      element(
        'div',
        { class: 'actions' },
        button(l10n.t('Send Sample Event'), () => void this.sendSample()),
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
    if (this.sample.field.options.length === 0) await this.notices.during(this.listSamples());
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
      webhook.outcome && element('p', {}, outcomeText(webhook.outcome)),
    );
  }

  private async listSamples(): Promise<void> {
    const samples = Object.keys(await askJson<object>('GET', 'webhook/samples'));
    fill(this.sample.field, ...samples.map((value) => element('option', { value }, value)));
  }

  private async sendSample(): Promise<void> {
    const text = JSON.stringify({ command: this.sample.field.value });
    await this.notices.during(ask('POST', 'webhook/send', text), l10n.t('The sample was sent.'));
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

/** What the service does with an answer, in words. */
function outcomeText({ kind, code: refused, members = [], accounts = [] }: ShownOutcome): string | undefined {
  switch (kind) {
    case 'ignored':
      return undefined;
    case 'allowed':
      return l10n.t('Allowed.');
    case 'replaced':
      return l10n.t('Allowed, with {0} of the answer.', members.join(', '));
    case 'singlesRefused':
      return l10n.t('Refused for {0}.', accounts.map(({ account }) => account).join(', '));
    case 'dropped':
      return l10n.t('Dropped: the sender is told that it was sent.');
    case 'refused':
      return l10n.t('Refused: the caller gets {0}.', refused ?? 0);
    case 'failed':
      return l10n.t('No answer that can be used: it goes on, or webhookFailure refuses it with 80003.');
  }
}
