import { element } from '../dom';
import { ask, askJson } from './connection';
import { l10n } from './l10n';
import { button, fill, input, labelled, select, type Notices } from './widgets';

type Values = Record<string, string | number | boolean>;

const kinds = ['code', 'delay', 'stall', 'status', 'drop', 'half', 'notJson'] as const;

/** Which calls go wrong, and how. */
export class FaultPanel {
  readonly root: HTMLElement;
  private readonly list = element('ul', { class: 'kept' });
  private readonly command = labelled(l10n.t('Command, or * for all'), input({ value: '*' }));
  private readonly kind = labelled(
    l10n.t('Kind'),
    select(
      kinds.map((kind) => [kind, kind]),
      'code',
    ),
  );
  private readonly code = labelled('ErrorCode', input({ inputmode: 'numeric', value: '91000' }));
  private readonly delay = labelled(l10n.t('Delay in ms'), input({ inputmode: 'numeric', value: '0' }));
  private readonly times = labelled(l10n.t('How often; always when empty'), input({ inputmode: 'numeric' }));

  constructor(private readonly notices: Notices) {
    this.root = element(
      'section',
      { class: 'panel' },
      element('h2', {}, l10n.t('Faults')),
      this.list,
      ...[this.command.row, this.kind.row, this.code.row, this.delay.row, this.times.row],
      element(
        'div',
        { class: 'actions' },
        button(l10n.t('Add'), () => void this.add(), { class: 'main' }),
        button(l10n.t('Clear All'), () => void this.clear()),
      ),
    );
  }

  async refresh(): Promise<void> {
    await this.notices.during(
      askJson<Values[]>('GET', 'faults').then((faults) => {
        const rows = faults.map(({ command, kind, code, delayMs, times }) => {
          const what = kind === 'code' ? `code ${String(code)}` : String(kind);
          const late = Number(delayMs) > 0 ? `, ${String(delayMs)} ms` : '';
          const often = times === undefined ? '' : ` × ${String(times)}`;
          return element('li', {}, `${String(command)}: ${what}${late}${often}`);
        });
        fill(this.list, ...rows);
        if (rows.length === 0)
          fill(this.list, element('li', { class: 'empty' }, l10n.t('Every call goes well.')));
      }),
    );
  }

  private async add(): Promise<void> {
    const times = this.times.field.value;
    const fault = {
      command: this.command.field.value,
      kind: this.kind.field.value,
      code: Number(this.code.field.value),
      delayMs: Number(this.delay.field.value),
      ...(times !== '' && { times: Number(times) }),
    };
    await this.notices.during(ask('POST', 'faults', JSON.stringify(fault)));
    await this.refresh();
  }

  private async clear(): Promise<void> {
    await this.notices.during(ask('DELETE', 'faults'));
    await this.refresh();
  }
}

/** The settings, each in a field that takes effect when it is left. */
export class SettingPanel {
  readonly root: HTMLElement;
  private readonly list = element('div', { class: 'fields' });
  private drawn = '';

  constructor(private readonly notices: Notices) {
    this.root = element('section', { class: 'panel wide' }, element('h2', {}, l10n.t('Settings')), this.list);
  }

  async refresh(): Promise<void> {
    await this.notices.during(
      askJson<Values>('GET', 'settings').then((settings) => {
        const now = JSON.stringify(settings);
        if (now === this.drawn || this.list.contains(document.activeElement)) return;
        this.drawn = now;
        fill(this.list, ...Object.entries(settings).map(([name, value]) => this.row(name, value)));
      }),
    );
  }

  private row(name: string, value: string | number | boolean): HTMLElement {
    if (typeof value === 'boolean') {
      const box = input({ type: 'checkbox' });
      box.checked = value;
      box.addEventListener('change', () => void this.change(name, box.checked));
      return labelled(name, box).row;
    }
    const field = input({ value: String(value), spellcheck: 'false' });
    field.addEventListener('change', () => void this.change(name, field.value));
    return labelled(name, field).row;
  }

  private async change(name: string, value: string | boolean): Promise<void> {
    const done = ask('POST', 'settings', JSON.stringify({ [name]: value }));
    await this.notices.during(done, l10n.t('{0} is {1}.', name, String(value)));
  }
}
