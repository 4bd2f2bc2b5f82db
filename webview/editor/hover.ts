import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { element } from '../dom';
import { renderMarkdown } from '../markdown';
import type { AskingPane } from './paneContext';

/** VS Code's own delay is 300 ms. */
const HOVER_MS = 300;

/** Hovers as VS Code's language features have them for the document. */
export function hoverSource(pane: AskingPane): Extension {
  return hoverTooltip(
    async (_view, pos) => {
      if (!pane.hovers) return null;
      const answer = await pane.ask('hover', pos);
      if (answer?.kind !== 'hover') return null;
      const { from, to, contents } = answer.hover;
      return {
        pos: Math.min(from, pos),
        end: Math.max(to, pos),
        above: true,
        create: () => ({
          dom: element(
            'div',
            { class: 'hover' },
            ...contents.map((text) => renderMarkdown(text, (link) => pane.openLink(link))),
          ),
        }),
      };
    },
    { hoverTime: HOVER_MS },
  );
}
