import { element, icon, type IconName } from '../dom';
import type { PageState } from '../state';
import { button } from '../toolkit/widgets';

/**
 * The message's commands. One tab stop for each button, in reading order, as VS Code's own toolbars have. Where there is
 * little room, style.css leaves of each only its picture.
 */
export function toolbar(
  state: PageState,
  run: (command: string) => void,
  togglePreview: () => void,
): HTMLElement {
  const { strings } = state;
  const preview = button({
    label: strings.preview,
    tooltip: strings.preview,
    look: 'secondary',
    content: face('preview', strings.preview),
    onClick: togglePreview,
  });
  preview.setAttribute('aria-pressed', String(state.showPreview));
  return element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': strings.toolbar },
    ...state.toolbar.map((item) =>
      button({
        label: item.label,
        tooltip: item.tooltip,
        look: item.primary ? 'primary' : 'secondary',
        content: face(item.icon, item.label),
        enabled: item.enabled,
        onClick: () => run(item.command),
      }),
    ),
    preview,
  );
}

/** Not a `span`: the widgets' library makes one in a button as small as a picture. */
function face(picture: IconName, label: string): HTMLElement {
  return element('div', { class: 'face' }, icon(picture), element('span', { class: 'face-label' }, label));
}
