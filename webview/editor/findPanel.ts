import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search';
import type { EditorState } from '@codemirror/state';
import { runScopeHandlers, type EditorView, type Panel, type ViewUpdate } from '@codemirror/view';
import { element, icon, type Child } from '../dom';

/** Matches beyond these are not counted while one types. */
const MOST_COUNTED = 999;

/** Finding in one row, as in VS Code's own editors; replacing is a second row that a button or Ctrl+H shows. */
export function findPanel(view: EditorView): Panel {
  const panel = new FindPanel(view);
  return {
    dom: panel.dom,
    top: true,
    mount: () => panel.mount(),
    update: (update) => panel.update(update),
  };
}

/** Shows the row for replacing in an open panel. */
export function showReplace(view: EditorView): boolean {
  const fold = view.dom.querySelector<HTMLElement>(':scope > .cm-panels .find-fold[aria-expanded="false"]');
  fold?.click();
  return true;
}

type OptionName = 'caseSensitive' | 'wholeWord' | 'regexp';

class FindPanel {
  readonly dom: HTMLElement;
  private query: SearchQuery;
  private readonly find: HTMLInputElement;
  private readonly replacement: HTMLInputElement;
  private readonly count = element('span', { class: 'find-count', role: 'status' });
  private readonly options: readonly (readonly [OptionName, HTMLElement])[];

  constructor(private readonly view: EditorView) {
    this.query = getSearchQuery(view.state);
    this.find = this.field('Find', this.query.search);
    this.find.setAttribute('main-field', 'true');
    this.replacement = this.field('Replace', this.query.replace);
    this.options = [
      this.option('caseSensitive', 'match case', 'Aa'),
      this.option('wholeWord', 'by word', 'ab'),
      this.option('regexp', 'regexp', '.*'),
    ];
    const replacing = element(
      'div',
      { class: 'find-row' },
      this.replacement,
      this.button('replace', () => replaceNext(this.view), this.phrase('replace')),
      this.button('replace all', () => replaceAll(this.view), this.phrase('replace all')),
    );
    replacing.hidden = true;
    const fold = this.button('toggle replace', () => this.fold(fold, replacing), '›');
    fold.classList.add('find-fold');
    fold.setAttribute('aria-expanded', 'false');
    const close = this.button('close', () => closeSearchPanel(this.view), icon('close'));
    close.classList.add('find-close');
    const finding = element(
      'div',
      { class: 'find-row' },
      fold,
      this.find,
      ...this.options.map(([, button]) => button),
      this.count,
      this.button('previous', () => findPrevious(this.view), '↑'),
      this.button('next', () => findNext(this.view), '↓'),
      close,
    );
    this.dom = element('div', { class: 'find' }, finding, replacing);
    this.dom.addEventListener('keydown', (event) => this.key(event));
    this.show();
  }

  mount(): void {
    this.find.select();
  }

  update({ transactions, docChanged, selectionSet }: ViewUpdate): void {
    for (const { effects } of transactions) {
      for (const effect of effects) {
        if (effect.is(setSearchQuery) && !effect.value.eq(this.query)) this.follow(effect.value);
      }
    }
    if (docChanged || selectionSet) this.show();
  }

  private follow(query: SearchQuery): void {
    this.query = query;
    this.find.value = query.search;
    this.replacement.value = query.replace;
    this.show();
  }

  private commit(change: Partial<Record<OptionName, boolean>> = {}): void {
    const { caseSensitive, wholeWord, regexp } = this.query;
    const query = new SearchQuery({
      ...{ caseSensitive, wholeWord, regexp, ...change },
      search: this.find.value,
      replace: this.replacement.value,
    });
    if (query.eq(this.query)) return;
    this.query = query;
    this.view.dispatch({ effects: setSearchQuery.of(query) });
    this.show();
  }

  private show(): void {
    for (const [name, button] of this.options) button.setAttribute('aria-pressed', String(this.query[name]));
    this.count.textContent = this.query.search === '' ? '' : countText(this.query, this.view.state);
  }

  private fold(button: HTMLElement, row: HTMLElement): void {
    row.hidden = !row.hidden;
    button.setAttribute('aria-expanded', String(!row.hidden));
    button.textContent = row.hidden ? '›' : '⌄';
    (row.hidden ? this.find : this.replacement).focus();
  }

  private key(event: KeyboardEvent): void {
    const { target, key, shiftKey } = event;
    if (runScopeHandlers(this.view, event, 'search-panel')) {
      event.preventDefault();
      return;
    }
    if (key !== 'Enter' || (target !== this.find && target !== this.replacement)) return;
    event.preventDefault();
    if (target === this.replacement) replaceNext(this.view);
    else if (shiftKey) findPrevious(this.view);
    else findNext(this.view);
  }

  private field(name: string, value: string): HTMLInputElement {
    const label = this.phrase(name);
    const field = document.createElement('input');
    Object.assign(field, { value, placeholder: label, spellcheck: false });
    field.setAttribute('aria-label', label);
    field.addEventListener('input', () => this.commit());
    return field;
  }

  private option(option: OptionName, name: string, sign: string): readonly [OptionName, HTMLElement] {
    return [option, this.button(name, () => this.commit({ [option]: !this.query[option] }), sign)];
  }

  private button(name: string, run: () => unknown, ...content: Child[]): HTMLElement {
    const label = this.phrase(name);
    const made = element('button', { type: 'button', title: label, 'aria-label': label }, ...content);
    made.addEventListener('click', () => run());
    return made;
  }

  private phrase(name: string): string {
    return this.view.state.phrase(name);
  }
}

/** Which of how many matches is selected: `2 / 5`. */
function countText(query: SearchQuery, state: EditorState): string {
  if (!query.valid) return '0';
  const { from, to } = state.selection.main;
  let [count, selected] = [0, 0];
  const matches = query.getCursor(state);
  for (let match = matches.next(); !match.done && count < MOST_COUNTED; match = matches.next()) {
    count += 1;
    if (match.value.from === from && match.value.to === to) selected = count;
  }
  const all = count === MOST_COUNTED ? `${count}+` : String(count);
  return selected > 0 ? `${selected} / ${all}` : all;
}
