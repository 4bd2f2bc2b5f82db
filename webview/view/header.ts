import { moment } from '../../src/message/moment';
import type { FactsView } from '../../src/protocol';
import { element, filled, icon } from '../dom';
import type { PageState } from '../state';
import { button, link, tag } from '../toolkit/widgets';

/** Who wrote to whom and when, the key or how it is sent, and what is special about the message. */
export function header(state: PageState, onCopy: () => void, onOption: (name: string) => void): HTMLElement {
  const { facts, strings } = state;
  if (!facts) {
    return element(
      'header',
      { class: 'header' },
      element('span', { class: 'quiet' }, strings.file),
      meter(state),
    );
  }
  const copy = button({
    label: facts.key.copy,
    tooltip: facts.key.copy,
    look: 'icon',
    content: icon('copy'),
    onClick: () => {
      onCopy();
      copy.replaceChildren(icon('check'));
      copy.setAttribute('aria-label', strings.copied);
      setTimeout(() => {
        copy.replaceChildren(icon('copy'));
        copy.setAttribute('aria-label', facts.key.copy);
      }, 1500);
    },
  });
  const marks = [
    tag(environment(facts), facts.environment),
    facts.readOnly ? tag(strings.readOnly, 'readOnly') : undefined,
    facts.recalled ? tag(strings.recalled, 'recalled') : undefined,
    facts.gone ? tag(strings.gone, 'gone') : undefined,
    facts.unmerged
      ? tag(strings.unmerged, 'conflict')
      : facts.conflict
        ? tag(strings.conflict, 'conflict')
        : undefined,
    facts.draft ? tag(strings.draft, 'draft') : undefined,
  ];
  return element(
    'header',
    { class: 'header' },
    element(
      'div',
      { class: 'header-main' },
      element(
        'h1',
        { class: 'people' },
        ...facts.people.flatMap(({ role, name }, index) => [
          ...(index === 0 ? [] : [icon('arrow')]),
          element('span', { class: 'person', title: role }, name),
        ]),
      ),
      facts.time === undefined ? undefined : time(facts.time, state),
      element('span', { class: 'marks' }, ...marks),
    ),
    element(
      'div',
      { class: 'header-more' },
      element('span', { class: 'key' }, element('code', { title: facts.key.name }, facts.key.text), copy),
      ...(facts.options ?? []).map(({ name, value, meaning }) =>
        link(`${name}: ${value}`, meaning, () => onOption(name)),
      ),
      meter(state),
    ),
  );
}

/** Says what stands in the way of modifying the message; undefined when nothing is known to. */
export function notice({ facts, strings }: PageState): HTMLElement | undefined {
  const text = facts?.recalled ? strings.recalledNote : facts?.gone ? strings.goneNote : undefined;
  return text === undefined
    ? undefined
    : element('p', { class: 'notice', role: 'status' }, icon('warning'), element('span', {}, text));
}

function time(seconds: number, { environment, strings }: PageState): HTMLElement {
  const date = new Date(seconds * 1000);
  return element(
    'time',
    { class: 'quiet', datetime: date.toISOString(), title: strings.sentAt },
    date.toLocaleString(environment.locale, moment),
  );
}

/** How full the message is; at the limit the service refuses it. */
function meter({ meter: size, strings, environment }: PageState): HTMLElement {
  if (!size) return element('span', { class: 'meter' }, strings.notCountable);
  const number = new Intl.NumberFormat(environment.locale);
  const text = filled(strings.bytes, number.format(size.bytes), number.format(size.limit));
  const share = size.bytes / size.limit;
  const level = share > 1 ? 'over' : share > 0.9 ? 'near' : 'fine';
  const fill = element('span', { class: 'meter-fill' });
  fill.style.width = `${Math.min(100, share * 100)}%`;
  const bar = element(
    'span',
    {
      class: 'meter-bar',
      role: 'meter',
      'aria-label': strings.bytesLabel,
      'aria-valuemin': '0',
      'aria-valuemax': String(size.limit),
      'aria-valuenow': String(size.bytes),
      'aria-valuetext': text,
    },
    fill,
  );
  return element(
    'span',
    { class: `meter meter-${level}`, title: strings.bytesLabel },
    bar,
    element('span', {}, text),
  );
}

/** A connection is often called like its environment. */
function environment({ connectionName, environmentLabel }: FactsView): string {
  return connectionName === environmentLabel ? connectionName : `${connectionName} · ${environmentLabel}`;
}
