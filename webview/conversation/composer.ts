import type { FromPage } from '../../src/conversation/pageProtocol';
import type { Strings } from '../../src/conversation/pageStrings';
import { element, filled } from '../dom';
import type { Kept } from './host';
import { button, select } from './widgets';

/**
 * The line to write, where one may: what is written stays until it was sent. Where everything that is sent is asked about
 * first, as in production, a button for that stands in its place.
 */
export class Composer {
  readonly root = element('div', { class: 'composer', hidden: '' });
  private readonly line: HTMLElement;
  private readonly instead: HTMLElement;
  private readonly text: HTMLTextAreaElement;
  private readonly said = element('p', { class: 'said-of-it', role: 'status' });
  private choice: HTMLElement = element('span');
  private shown = '';
  private as = '';
  /** Names what is being sent. */
  private sending: number | undefined;

  constructor(
    private readonly strings: Strings,
    private readonly send: (message: FromPage) => void,
    private readonly keep: () => void,
  ) {
    this.text = element('textarea', {
      rows: '1',
      dir: 'auto',
      'aria-label': strings.write,
      placeholder: strings.write,
    }) as HTMLTextAreaElement;
    // At once: the page may be hidden the next moment.
    this.text.addEventListener('input', () => this.keep());
    this.text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      this.submit();
    });
    this.line = element(
      'form',
      {},
      this.choice,
      this.text,
      button(strings.send, () => this.submit(), { class: 'main' }),
      this.said,
    );
    this.instead = button(strings.newMessage, () => send({ type: 'action', action: 'newMessage' }));
    this.root.append(this.line, this.instead);
    this.line.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** What the next page is to know of it. */
  get kept(): Pick<Kept, 'written' | 'as' | 'sending'> {
    const { sending } = this;
    return { written: this.text.value, as: this.as, ...(sending !== undefined && { sending }) };
  }

  restore({ written = '', as = '', sending }: Kept): void {
    this.text.value = written;
    this.as = as;
    this.hold(sending);
  }

  /**
   * @param isReadOnly whether nothing may be sent at all
   * @param nameOf how a user is called
   */
  update(senders: readonly string[], isReadOnly: boolean, nameOf: (id: string) => string): void {
    const { strings } = this;
    this.root.hidden = isReadOnly;
    this.line.hidden = senders.length === 0;
    this.instead.hidden = senders.length > 0;
    // Who was chosen stays chosen, whoever else there is.
    this.as ||= senders[0] ?? '';
    const all = senders.length > 0 ? [...new Set([...senders, this.as])] : [];
    const options = all.map((id) => [id, filled(strings.sendAs, nameOf(id))] as const);
    const shown = options.join('\n');
    if (shown === this.shown) return;
    this.shown = shown;
    // The rest stays where it is: somebody may be writing.
    const choice = select(filled(strings.sendAs, '…'), options, this.as, (as) => {
      this.as = as;
      this.keep();
    });
    this.choice.replaceWith(choice);
    this.choice = choice;
  }

  /** What became of what was sent. */
  sent(id: number, error: string | undefined): void {
    if (id !== this.sending) return;
    this.hold(undefined);
    this.said.textContent = error ?? '';
    this.root.classList.toggle('wrong', error !== undefined);
    if (error === undefined) this.text.value = '';
    this.keep();
    this.text.focus();
  }

  private submit(): void {
    if (this.sending !== undefined || this.text.value.trim() === '') return;
    // Another than any that an earlier page sent: the host may still have something to say of that.
    const id = Date.now();
    this.hold(id);
    this.keep();
    this.send({ type: 'send', id, as: this.as, text: this.text.value });
  }

  /** What is being sent stands still until it is known what became of it. */
  private hold(sending: number | undefined): void {
    this.sending = sending;
    this.text.readOnly = sending !== undefined;
    this.said.textContent = sending === undefined ? '' : this.strings.sending;
  }
}
