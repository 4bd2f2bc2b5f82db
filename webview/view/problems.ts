import type { FixView, ProblemView } from '../../src/protocol';
import { element, filled, icon } from '../dom';
import type { PageState } from '../state';
import { badge, button, link } from '../toolkit/widgets';

export interface ProblemActions {
  goTo(problem: ProblemView): void;
  fix(fix: FixView): void;
  openLink(link: string): void;
  /** Where a problem stands, for people: `MsgBody 3:12`. */
  placeOf(problem: ProblemView): string;
}

/** The list of problems, with the fixes VS Code offers for each. Changes are read out without taking the focus. */
export function problems(state: PageState, actions: ProblemActions): HTMLElement {
  const { problems: list, strings } = state;
  return element(
    'section',
    { class: list.length === 0 ? 'problems problems-none' : 'problems', 'aria-label': strings.problems },
    element('h2', {}, strings.problems, list.length === 0 ? undefined : badge(String(list.length))),
    element('p', { class: 'quiet', role: 'status' }, list.length === 0 ? strings.noProblems : undefined),
    element('ul', {}, ...list.map((problem) => row(problem, state, actions))),
  );
}

function row(problem: ProblemView, { strings }: PageState, actions: ProblemActions): HTMLElement {
  const { severity, message, code, link: target, place, fixes } = problem;
  const text = element('span', { class: 'problem-text' }, message);
  const goTo = place
    ? element('button', { class: 'problem-go', type: 'button', title: strings.goTo }, text)
    : text;
  goTo.addEventListener('click', () => {
    if (place) actions.goTo(problem);
  });
  const mark = icon(severity);
  return element(
    'li',
    { class: `problem problem-${severity}` },
    mark,
    element('span', { class: 'sr-only' }, strings[severity]),
    element(
      'div',
      { class: 'problem-body' },
      element(
        'div',
        { class: 'problem-line' },
        goTo,
        code === undefined
          ? undefined
          : target === undefined
            ? element('span', { class: 'quiet' }, code)
            : link(code, filled(strings.help, code), () => actions.openLink(target)),
        place ? element('span', { class: 'quiet problem-place' }, actions.placeOf(problem)) : undefined,
      ),
      fixes.length === 0
        ? undefined
        : element(
            'div',
            { class: 'fixes', role: 'group', 'aria-label': strings.fixes },
            ...fixes.map((fix) => fixButton(fix, actions)),
          ),
    ),
  );
}

function fixButton(fix: FixView, actions: ProblemActions): HTMLElement {
  return button({ label: fix.title, look: 'secondary', onClick: () => actions.fix(fix) });
}
