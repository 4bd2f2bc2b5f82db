import * as vscode from 'vscode';
import type { Environment } from '../connections/connection';
import type { summarize } from '../message/summary';
import { dayOf, daysBefore } from './days';

/** What kind of content a message has. */
export type ContentKind = ReturnType<typeof summarize>['kind'];

/** A codicon for each kind of content. */
const icons: Readonly<Record<string, string>> = {
  TIMTextElem: 'comment',
  TIMLocationElem: 'location',
  TIMFaceElem: 'smiley',
  TIMCustomElem: 'json',
  TIMSoundElem: 'unmute',
  TIMImageElem: 'file-media',
  // Not `file`: VS Code would show the icon that its theme has for the resource.
  TIMFileElem: 'file-binary',
  TIMVideoFileElem: 'device-camera-video',
  TIMRelayElem: 'comment-discussion',
  mixed: 'list-unordered',
};

/** The icon of a kind of content. */
export function kindIcon(kind: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icons[kind] ?? 'question');
}

/** A kind of content in words. */
export function kindName(kind: string): string {
  switch (kind) {
    case 'TIMTextElem':
      return vscode.l10n.t('Text');
    case 'TIMLocationElem':
      return vscode.l10n.t('Location');
    case 'TIMFaceElem':
      return vscode.l10n.t('Face');
    case 'TIMCustomElem':
      return vscode.l10n.t('Custom');
    case 'TIMSoundElem':
      return vscode.l10n.t('Sound');
    case 'TIMImageElem':
      return vscode.l10n.t('Image');
    case 'TIMFileElem':
      return vscode.l10n.t('File');
    case 'TIMVideoFileElem':
      return vscode.l10n.t('Video');
    case 'TIMRelayElem':
      return vscode.l10n.t('Merged forward');
    case 'mixed':
      return vscode.l10n.t('Several elements');
    default:
      return vscode.l10n.t('Unknown content');
  }
}

/** An icon whose colour tells environments apart; the name always stands beside it. */
export function environmentIcon(environment: Environment): vscode.ThemeIcon {
  switch (environment) {
    case 'sandbox':
      return new vscode.ThemeIcon('beaker', new vscode.ThemeColor('charts.green'));
    case 'test':
      return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('charts.blue'));
    case 'production':
      return new vscode.ThemeIcon('server-environment', new vscode.ThemeColor('charts.red'));
  }
}

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
