import * as vscode from 'vscode';
import { daysBefore, parseDay, type Day } from './days';
import { dayName } from './times';
import { askPick, askText } from './wizard';

/** Days that are offered without typing: as long as the service keeps history by default. */
const OFFERED_DAYS = 7;

/** Asks for a day: one of the last, or any. */
export async function askDay(): Promise<Day> {
  const now = Math.floor(Date.now() / 1000);
  const title = vscode.l10n.t('Go to Date');
  const days = Array.from({ length: OFFERED_DAYS }, (_, count) => daysBefore(now, count));
  const chosen = await askPick<Day | undefined>(title, {
    placeholder: vscode.l10n.t('Day of the messages, or a date as year-month-day'),
    typed: (text) => {
      const day = parseDay(text, now);
      return day && { value: day, label: dayName(day.id, now), description: day.id };
    },
    choices: [
      ...days.map((day) => ({ value: day, label: dayName(day.id, now), description: day.id })),
      { value: undefined, label: vscode.l10n.t('Another date…'), icon: 'edit' },
    ],
  });
  if (chosen !== undefined) return chosen;
  const text = await askText(title, {
    prompt: vscode.l10n.t('Date as year-month-day'),
    value: days.at(-1)?.id,
    validate: (typed) =>
      parseDay(typed, now) === undefined
        ? vscode.l10n.t('A date looks like {0}.', daysBefore(now, 30).id)
        : undefined,
  });
  const day = parseDay(text, now);
  if (day === undefined) throw new vscode.CancellationError();
  return day;
}
