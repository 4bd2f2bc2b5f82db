import type { FindView, FromPage } from '../../src/conversation/pageProtocol';
import type { Strings } from '../../src/conversation/pageStrings';
import { element } from '../dom';
import type { Kept } from './host';
import { foundText } from './labels';
import { button } from './widgets';

/** After a letter, so long nothing is looked for, in milliseconds. */
const REST = 200;

/** Where one types what is looked for, with how many messages have it. */
export class FindBar {
  readonly root: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly count = element('span', { class: 'quiet', role: 'status' });
  private timer = 0;
  /** What the host looks for. */
  private lookedFor: string | undefined;

  constructor(
    private readonly strings: Strings,
    private readonly send: (message: FromPage) => void,
    /** The bar is closed. */
    private readonly onClose: () => void,
  ) {
    this.input = element('input', {
      type: 'text',
      'aria-label': strings.find,
      placeholder: strings.find,
      spellcheck: 'false',
    }) as HTMLInputElement;
    this.root = element(
      'div',
      { class: 'find', role: 'search', hidden: '' },
      this.input,
      this.count,
      button(strings.findPrevious, () => this.step('previous'), { icon: 'up', only: true }),
      button(strings.findNext, () => this.step('next'), { icon: 'down', only: true }),
      button(strings.findClose, () => this.close(), { icon: 'close', only: true }),
    );
    this.input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), REST);
    });
    this.root.addEventListener('keydown', (event) => this.onKey(event));
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** What is looked for; empty while the bar is closed. */
  get wanted(): string {
    return this.isOpen ? this.input.value : '';
  }

  /** What the next page is to know of it. */
  get kept(): Pick<Kept, 'find'> {
    return this.isOpen ? { find: this.input.value } : {};
  }

  /** Shows the bar as an earlier page had it, and leaves the focus where it is. */
  restore({ find }: Kept): void {
    if (find === undefined) return;
    this.root.hidden = false;
    this.input.value = find;
  }

  /** Shows the bar, with what was looked for the last time. */
  open(): void {
    this.root.hidden = false;
    this.input.focus();
    this.input.select();
    if (this.input.value !== '') this.search();
  }

  close(): void {
    if (!this.isOpen) return;
    this.root.hidden = true;
    clearTimeout(this.timer);
    this.send({ type: 'find', text: '' });
    this.onClose();
  }

  /** Goes to the next older one that has it, or back. */
  step(step: 'next' | 'previous'): void {
    // After a reload of the window nobody looks for it yet.
    if (this.timer !== 0 || this.lookedFor !== this.input.value) this.search();
    else this.send({ type: 'findStep', step });
  }

  /** Says how looking for it stands. */
  show(find: FindView | undefined): void {
    this.lookedFor = find?.text;
    const text = find === undefined || this.input.value === '' ? '' : foundText(find, this.strings);
    if (this.count.textContent !== text) this.count.textContent = text;
    this.root.classList.toggle('wrong', find?.error !== undefined);
  }

  private search(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.lookedFor = this.input.value;
    this.send({ type: 'find', text: this.input.value });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.input)
      this.step(event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
