import * as vscode from 'vscode';
import { moment } from '../message/moment';
import { dayOf, daysBefore } from './days';

const { year, month, day, hour, minute, second, hourCycle } = moment;

/** A day as people call it, for what stands above the messages of one. @param now Unix seconds */
export function dayName(id: string, now: number): string {
  if (id === dayOf(now).id) return vscode.l10n.t('Today');
  if (id === daysBefore(now, 1).id) return vscode.l10n.t('Yesterday');
  const [of = 0, inYear = 1, date = 1] = id.split('-').map(Number);
  return format(new Date(of, inYear - 1, date), { weekday: 'short', year, month, day });
}

/** The time of day, to the second. @param time Unix seconds */
export function timeOfDay(time: number): string {
  return format(new Date(time * 1000), { hour, minute, second, hourCycle });
}

/** The time of day, to the minute. @param time Unix seconds */
export function hourAndMinute(time: number): string {
  return format(new Date(time * 1000), { hour, minute, hourCycle });
}

/** A whole point in time. @param time Unix seconds */
export function fullTime(time: number): string {
  return format(new Date(time * 1000), moment);
}

/** A point in time as short as it can be told: of the day of `now` by the clock, else by the date. */
export function shortTime(time: number, now: number): string {
  const date = new Date(time * 1000);
  if (dayOf(time).id === dayOf(now).id) return hourAndMinute(time);
  return format(date, {
    ...(date.getFullYear() !== new Date(now * 1000).getFullYear() && { year }),
    month,
    day,
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  // Making a format takes far longer than using it, and the tree words thousands of times.
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(vscode.env.language, options);
  formats.set(key, known);
  return known.format(date);
}
