import type { ShownCall } from '../../src/sandbox/control/pageProtocol';
import { element } from '../dom';
import { ask, askJson } from './connection';
import { codeText, l10n } from './l10n';
import { button, code, fill, input, laidOut, moveByArrows, timeText, type Notices } from './widgets';

const MOST_KEPT = 500;
const MOST_SHOWN = 150;

/** The calls as they come. */
export class Calls {
  readonly root: HTMLElement;
  private readonly list = element('ul', { class: 'items calls' });
  private readonly count = element('p', { class: 'quiet', 'aria-live': 'off' });
  private readonly detail = element('section', { class: 'detail' });
  private readonly filter = input({ type: 'search', 'aria-label': l10n.t('Find calls by command or code') });
  private readonly pauseButton = button('', () => this.pause(!this.paused), { 'aria-pressed': 'false' });
  private kept: ShownCall[] = [];
  private total = 0;
  private paused = false;
  /** Whether somebody looks at the list closely: then nothing moves under his eyes. */
  private held = false;
  private stale = false;
  private chosen: number | undefined;

  constructor(private readonly notices: Notices) {
    this.filter.placeholder = l10n.t('Find calls by command or code');
    this.filter.addEventListener('input', () => this.draw());
    moveByArrows(this.list);
    for (const [event, held] of [
      ['pointerenter', true],
      ['pointerleave', false],
      ['focusin', true],
      ['focusout', false],
    ] as const) {
      this.list.addEventListener(event, () => this.hold(held));
    }
    fill(this.detail, this.emptyState());
    this.nameButton();
    this.root = element(
      'div',
      { class: 'split' },
      element(
        'nav',
        { class: 'side wide', 'aria-label': l10n.t('Calls') },
        this.filter,
        element(
          'div',
          { class: 'actions' },
          this.pauseButton,
          button(l10n.t('Forget All'), () => void this.forget()),
        ),
        this.count,
        this.list,
      ),
      this.detail,
    );
  }

  /** Reads all that are kept anew. */
  async refresh(): Promise<void> {
    await this.notices.during(
      askJson<{ total: number; calls: ShownCall[] }>('GET', 'calls').then(({ total, calls }) => {
        this.total = total;
        this.kept = calls.slice(-MOST_KEPT);
        this.draw();
      }),
    );
  }

  /** Takes in those that came, of which some may be missing. */
  add(calls: readonly ShownCall[]): void {
    const last = calls.at(-1);
    if (!last) return;
    // After a reset the numbers begin anew.
    if (last.number < this.total) this.kept = [];
    this.total = last.number;
    this.kept = [...this.kept, ...calls].slice(-MOST_KEPT);
    if (this.paused || this.held || this.root.hidden) this.stale = true;
    else this.draw();
    this.showCount();
  }

  private emptyState(): HTMLElement {
    return element('p', { class: 'empty' }, l10n.t('Choose a call to see its bodies.'));
  }

  private hold(held: boolean): void {
    this.held = held || this.list.contains(document.activeElement);
    if (!this.held && this.stale && !this.paused) this.draw();
  }

  private pause(paused: boolean): void {
    this.paused = paused;
    this.nameButton();
    if (!paused) this.draw();
  }

  private nameButton(): void {
    this.pauseButton.textContent = this.paused ? l10n.t('Go On') : l10n.t('Pause');
    this.pauseButton.setAttribute('aria-pressed', String(this.paused));
  }

  private async forget(): Promise<void> {
    await this.notices.during(ask('DELETE', 'calls'));
    fill(this.detail, this.emptyState());
    this.chosen = undefined;
    await this.refresh();
  }

  /** Redraws the list when it becomes visible. */
  shown(): void {
    if (this.stale) this.draw();
  }

  private showCount(): void {
    this.count.textContent = l10n.t('{0} calls', this.total);
  }

  private draw(): void {
    this.stale = false;
    this.showCount();
    const wanted = this.filter.value.toLowerCase();
    const isWanted = ({ command, code: answered }: ShownCall): boolean =>
      wanted === '' || (command ?? '').toLowerCase().includes(wanted) || String(answered).startsWith(wanted);
    const rows = this.kept.filter(isWanted).slice(-MOST_SHOWN).reverse();
    fill(this.list, ...rows.map((call) => this.row(call)));
    if (rows.length === 0) {
      fill(
        this.list,
        element('li', { class: 'empty' }, l10n.t('No calls yet: point your client at this address.')),
      );
    }
  }

  private row(call: ShownCall): HTMLElement {
    const made = button('', () => this.choose(call), {
      class: `item${call.code === 0 ? '' : ' wrong'}`,
      ...(call.number === this.chosen && { 'aria-current': 'true' }),
    });
    fill(
      made,
      element('span', { class: 'name' }, call.command ?? l10n.t('No call')),
      element('span', { class: 'code' }, String(call.code)),
      element('span', { class: 'quiet' }, `#${call.number}  ${call.durationMs.toFixed(1)} ms`),
      call.fault === undefined
        ? undefined
        : element('span', { class: 'mark' }, l10n.t('Fault: {0}', call.fault)),
    );
    return element('li', {}, made);
  }

  private choose(call: ShownCall): void {
    this.chosen = call.number;
    for (const item of this.list.querySelectorAll('[aria-current]')) item.removeAttribute('aria-current');
    document.activeElement?.setAttribute('aria-current', 'true');
    const text = call.code === 0 ? undefined : codeText(call.code, call.command);
    fill(
      this.detail,
      element('h2', {}, call.command ?? l10n.t('No call')),
      element(
        'p',
        { class: 'quiet' },
        `#${call.number}  ${timeText(call.at, true)}  ${call.durationMs.toFixed(1)} ms`,
      ),
      element('p', { class: call.code === 0 ? 'code' : 'code wrong' }, `ErrorCode ${call.code}`),
      text === undefined ? undefined : element('p', {}, text),
      element('h3', {}, l10n.t('Request')),
      code(laidOut(call.request), l10n.t('Request')),
      element('h3', {}, l10n.t('Answer')),
      code(laidOut(call.response), l10n.t('Answer')),
    );
  }
}
