import { element } from '../dom';
import type { PageState } from '../state';
import { button } from '../toolkit/widgets';

/** The message's commands. One tab stop for each button, in reading order, as VS Code's own toolbars have. */
export function toolbar(
  state: PageState,
  run: (command: string) => void,
  togglePreview: () => void,
): HTMLElement {
  const preview = button({ label: state.strings.preview, look: 'secondary', onClick: togglePreview });
  preview.setAttribute('aria-pressed', String(state.showPreview));
  return element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': state.strings.toolbar },
    ...state.toolbar.map((item) =>
      button({
        label: item.label,
        tooltip: item.tooltip,
        look: item.primary ? 'primary' : 'secondary',
        enabled: item.enabled,
        onClick: () => run(item.command),
      }),
    ),
    preview,
  );
}
