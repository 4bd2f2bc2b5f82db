import * as vscode from 'vscode';
import type { SearchFilter } from '../lists/search';
import { elementOf, elements } from '../message/elements';
import { wordsLanguage } from '../ui/language';
import { dayOf, parseDay } from '../ui/days';
import { askPick, askText } from '../ui/wizard';

type FilterName = 'sender' | 'type' | 'minTime' | 'maxTime';

/** What is asked for beside the text, in words. */
export function filterText({ sender, type, minTime, maxTime }: SearchFilter): string {
  const parts = [
    ...(sender === undefined ? [] : [vscode.l10n.t('sent by {0}', sender)]),
    ...(type === undefined ? [] : [typeName(type)]),
    ...(minTime === undefined ? [] : [vscode.l10n.t('from {0}', dayOf(minTime).id)]),
    ...(maxTime === undefined ? [] : [vscode.l10n.t('until {0}', dayOf(maxTime).id)]),
  ];
  return parts.length === 0 ? vscode.l10n.t('none') : parts.join(' · ');
}

/**
 * Asks for one filter. An empty answer takes it away.
 *
 * @throws vscode.CancellationError when a question is closed
 */
export async function askFilter(title: string, filter: SearchFilter): Promise<SearchFilter> {
  const name = await askPick<FilterName | 'none'>(title, {
    placeholder: vscode.l10n.t('What else the messages have to be'),
    choices: [
      { value: 'sender', label: vscode.l10n.t('Sender…'), description: filter.sender },
      {
        value: 'type',
        label: vscode.l10n.t('Element Type…'),
        description: filter.type === undefined ? undefined : typeName(filter.type),
      },
      { value: 'minTime', label: vscode.l10n.t('From Day…'), description: dayText(filter.minTime) },
      { value: 'maxTime', label: vscode.l10n.t('Until Day…'), description: dayText(filter.maxTime) },
      { value: 'none', label: vscode.l10n.t('No Filters') },
    ],
  });
  if (name === 'none') return {};
  const { [name]: before, ...others } = filter;
  if (name === 'type') {
    const type = await askPick<string>(title, {
      placeholder: vscode.l10n.t('Element that the messages have'),
      choices: [
        { value: '', label: vscode.l10n.t('Any') },
        ...elements.map((element) => ({ value: element.type, label: typeName(element.type) })),
      ],
      selected: typeof before === 'string' ? before : undefined,
    });
    return type === '' ? others : { ...others, type };
  }
  if (name === 'sender') {
    const value = typeof before === 'string' ? before : '';
    const sender = (
      await askText(title, { prompt: vscode.l10n.t('UserID of the sender. Empty: anybody'), value })
    ).trim();
    return sender === '' ? others : { ...others, sender };
  }
  const typed = await askText(title, {
    prompt: vscode.l10n.t('Day, as 2026-11-21. Empty: any'),
    value: typeof before === 'number' ? dayOf(before).id : '',
    validate: (text) =>
      text.trim() === '' || parseDay(text, Date.now() / 1000)
        ? undefined
        : vscode.l10n.t('This is no day. Type it as 2026-11-21.'),
  });
  const day = parseDay(typed, Date.now() / 1000);
  return day ? { ...others, [name]: name === 'minTime' ? day.start : day.end } : others;
}

function typeName(type: string): string {
  const name = elementOf(type)?.name[wordsLanguage()];
  return name === undefined ? type : vscode.l10n.t('{0} ({1})', name, type);
}

function dayText(time: number | undefined): string | undefined {
  return time === undefined ? undefined : dayOf(time).id;
}
