import * as vscode from 'vscode';
import { dayOf, daysBefore } from './days';

/** A day as people call it. @param now Unix seconds */
export function dayName(id: string, now: number): string {
  if (id === dayOf(now).id) return vscode.l10n.t('Today');
  if (id === daysBefore(now, 1).id) return vscode.l10n.t('Yesterday');
  const [year = 0, month = 1, date = 1] = id.split('-').map(Number);
  return format(new Date(year, month - 1, date), {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  });
}

/** The time of day, to the second. @param time Unix seconds */
export function timeOfDay(time: number): string {
  return format(new Date(time * 1000), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** The time of day, to the minute. @param time Unix seconds */
export function hourAndMinute(time: number): string {
  return format(new Date(time * 1000), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** A whole point in time. @param time Unix seconds */
export function fullTime(time: number): string {
  return format(new Date(time * 1000), { dateStyle: 'full', timeStyle: 'long' });
}

/** A point in time as short as it can be told: today by the clock, else by the date. */
export function shortTime(time: number, now: number): string {
  return dayOf(time).id === dayOf(now).id
    ? hourAndMinute(time)
    : format(new Date(time * 1000), { year: 'numeric', month: '2-digit', day: '2-digit' });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  // Making a format takes far longer than using it, and the tree words thousands of times.
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(vscode.env.language, options);
  formats.set(key, known);
  return known.format(date);
}
