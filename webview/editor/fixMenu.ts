import { StateEffect, StateField } from '@codemirror/state';
import { showTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import type { FixView, PaneId, ProblemView } from '../../src/protocol';
import { element, icon } from '../dom';

const show = StateEffect.define<Tooltip | null>();

/** The menu of fixes at the caret. Any change of the text or the caret closes it. */
export const fixMenuField = StateField.define<Tooltip | null>({
  create: () => null,
  update: (menu, transaction) => {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : menu;
  },
  provide: (field) => showTooltip.from(field),
});

/** Opens the fixes of the problems at the caret's place, or else on its line. False when there are none. */
export function showFixMenu(
  view: EditorView,
  pane: PaneId,
  problems: readonly ProblemView[],
  run: (id: string) => void,
): boolean {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const here = problems.filter(
    ({ place }) => place?.pane === pane && place.from <= line.to && place.to >= line.from,
  );
  const atCaret = here.filter(({ place }) => place && place.from <= head && place.to >= head);
  const chosen = (atCaret.length > 0 ? atCaret : here).flatMap((problem) => problem.fixes);
  const fixes = [...chosen.filter((fix) => fix.preferred), ...chosen.filter((fix) => !fix.preferred)];
  if (fixes.length === 0) return false;
  view.dispatch({
    effects: show.of({ pos: head, create: () => ({ dom: menu(view, fixes, run), mount: focusFirst }) }),
  });
  return true;
}

function focusFirst(view: EditorView): void {
  const first = view.dom.ownerDocument.querySelector<HTMLElement>('.fix-menu [role="menuitem"]');
  first?.focus();
}

function menu(view: EditorView, fixes: readonly FixView[], run: (id: string) => void): HTMLElement {
  const close = (): void => {
    view.dispatch({ effects: show.of(null) });
    view.focus();
  };
  const items = fixes.map((fix) => {
    const item = element(
      'button',
      { role: 'menuitem', type: 'button', tabindex: '-1' },
      icon('fix'),
      fix.title,
    );
    item.addEventListener('click', () => {
      close();
      run(fix.id);
    });
    return item;
  });
  const root = element('div', { class: 'fix-menu', role: 'menu' }, ...items);
  root.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
  });
  return root;
}
