import { element } from '../dom';
import { ask, askJson } from './connection';
import { l10n } from './l10n';
import { button, fill, input, labelled, timeText, type Notices } from './widgets';

interface ClockState {
  readonly now: number;
  readonly frozen: boolean;
  readonly ahead: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
/** The name under which what was there is kept before it is replaced. */
const BEFORE = 'before-reset';

/** The clock: set, moved, stopped. */
export class ClockPanel {
  readonly root: HTMLElement;
  private readonly time = element('p', { class: 'clock' });
  private readonly freeze = button('', () => void this.change({ freeze: !this.state?.frozen }));
  private readonly set = labelled(l10n.t('Set to'), input({ type: 'datetime-local', step: '1' }));
  private state: ClockState | undefined;
  private readAt = 0;

  constructor(private readonly notices: Notices) {
    const move = (label: string, seconds: number): HTMLElement =>
      button(label, () => void this.change({ move: seconds }));
    this.root = element(
      'section',
      { class: 'panel' },
      element('h2', {}, l10n.t('Clock')),
      this.time,
      element(
        'div',
        { class: 'actions' },
        this.freeze,
        move(l10n.t('+2 Minutes'), 120),
        move(l10n.t('+1 Hour'), HOUR),
        move(l10n.t('+1 Day'), DAY),
        move(l10n.t('+8 Days'), 8 * DAY),
        button(l10n.t("This Machine's Time"), () => void this.reset()),
      ),
      this.set.row,
      button(l10n.t('Set'), () => void this.setTime()),
    );
    setInterval(() => this.draw(), 1000);
  }

  async refresh(): Promise<void> {
    await this.notices.during(askJson<ClockState>('GET', 'clock').then((state) => this.take(state)));
  }

  private take(state: ClockState): void {
    this.state = state;
    this.readAt = Date.now();
    this.draw();
  }

  private draw(): void {
    if (!this.state || this.root.closest('[hidden]')) return;
    const { now, frozen, ahead } = this.state;
    const ms = now * 1000 + (frozen ? 0 : Date.now() - this.readAt);
    const state = frozen
      ? l10n.t('stands still')
      : Math.abs(ahead) < 1
        ? ''
        : l10n.t('{0} s from this machine', Math.round(ahead));
    const text = `${timeText(ms)}${state === '' ? '' : ` (${state})`}`;
    if (this.time.textContent !== text) this.time.textContent = text;
    this.freeze.textContent = frozen ? l10n.t('Let It Go On') : l10n.t('Stop It');
  }

  private async change(change: Record<string, unknown>): Promise<void> {
    await this.notices.during(askJson<ClockState>('POST', 'clock', change).then((state) => this.take(state)));
  }

  private async reset(): Promise<void> {
    await this.notices.during(askJson<ClockState>('DELETE', 'clock').then((state) => this.take(state)));
  }

  private async setTime(): Promise<void> {
    const ms = new Date(this.set.field.value).getTime();
    if (!Number.isNaN(ms)) await this.change({ set: ms / 1000 });
  }
}

/** All data: reset, export, load, and states that are kept. */
export class DataPanel {
  readonly root: HTMLElement;
  private readonly kept = element('ul', { class: 'kept' });
  private readonly name = labelled(l10n.t('Name'), input());
  private readonly file = labelled(
    l10n.t('Seed, or list of messages'),
    input({ type: 'file', accept: '.json' }),
  );

  constructor(
    private readonly notices: Notices,
    private readonly onReplaced: () => void,
  ) {
    this.root = element(
      'section',
      { class: 'panel' },
      element('h2', {}, l10n.t('Data')),
      element(
        'div',
        { class: 'actions' },
        button(l10n.t('Reset'), () => void this.reset()),
        button(l10n.t('Export…'), () => void this.export()),
      ),
      element('p', { class: 'quiet' }, l10n.t('What a reset or a load replaces is kept as {0}.', BEFORE)),
      this.file.row,
      element(
        'div',
        { class: 'actions' },
        button(l10n.t('Load'), () => void this.load('seed')),
        button(l10n.t('Add'), () => void this.load('seed?add=1')),
      ),
      element('h3', {}, l10n.t('Kept States')),
      this.kept,
      this.name.row,
      button(l10n.t('Keep'), () => void this.keep(this.name.field.value)),
    );
  }

  async refresh(): Promise<void> {
    await this.notices.during(
      askJson<{ name: string; takenAt: number }[]>('GET', 'snapshots').then((states) => {
        const rows = states.map(({ name, takenAt }) =>
          element(
            'li',
            {},
            element('span', {}, name),
            element('span', { class: 'quiet' }, timeText(takenAt * 1000)),
            button(l10n.t('Bring Back'), () => void this.restore(name), {
              'aria-label': l10n.t('Bring {0} back', name),
            }),
          ),
        );
        fill(this.kept, ...rows);
        if (rows.length === 0) fill(this.kept, element('li', { class: 'empty' }, l10n.t('None yet.')));
      }),
    );
  }

  private async reset(): Promise<void> {
    const done = this.keepBefore().then(() => ask('POST', 'reset'));
    await this.notices.during(done.then(this.onReplaced), l10n.t('Everything is as at the start.'));
  }

  private async load(path: string): Promise<void> {
    const [file] = this.file.field.files ?? [];
    if (!file) {
      this.notices.say(l10n.t('Choose a file first.'), 'wrong');
      return;
    }
    const done = Promise.all([file.text(), this.keepBefore()]).then(([text]) => ask('POST', path, text));
    await this.notices.during(done.then(this.onReplaced), l10n.t('Loaded.'));
  }

  private async export(): Promise<void> {
    await this.notices.during(
      ask('GET', 'snapshot').then((text) => {
        const link = element('a', {
          href: URL.createObjectURL(new Blob([text], { type: 'application/json' })),
          download: 'sandbox.json',
        }) as HTMLAnchorElement;
        link.click();
        URL.revokeObjectURL(link.href);
      }),
    );
  }

  private async keep(name: string): Promise<void> {
    await this.notices.during(
      ask('POST', `snapshots?${new URLSearchParams({ name }).toString()}`),
      l10n.t('Kept.'),
    );
    await this.refresh();
  }

  private async restore(name: string): Promise<void> {
    const done = ask('POST', `snapshots/restore?${new URLSearchParams({ name }).toString()}`);
    await this.notices.during(done.then(this.onReplaced), l10n.t('{0} is back.', name));
  }

  private keepBefore(): Promise<unknown> {
    return ask('POST', `snapshots?${new URLSearchParams({ name: BEFORE }).toString()}`);
  }
}
