import type { MessageContent } from '../chat/chatMessage';
import { isJson } from '../json/strictScanner';
import { minify } from '../json/layout';
import type { Revision } from './revision';
import { revisionRecord } from './revisionFile';

/**
 * A revision as a line of an export, for people and scripts: times as ISO 8601 text in UTC, and each content twice, as
 * JSON to work with and, under `exact`, as the very text that the service had. Ends in a line feed.
 */
export function exportLine(revision: Revision): string {
  const { at, before, intent, outcome, ...rest } = revisionRecord(revision);
  const { at: endedAt, readBack, ...end } = outcome;
  const members = [
    ...membersOf({ ...rest, at: isoTime(at) }),
    `"before":${before === null ? 'null' : content(before)}`,
    `"intent":${content(intent)}`,
    `"outcome":${object([
      ...membersOf({ ...end, ...(endedAt !== undefined && { at: isoTime(endedAt) }) }),
      ...(readBack ? [`"readBack":${content(readBack)}`] : []),
    ])}`,
  ];
  return `${object(members)}\n`;
}

/** The contents are put in as text: through a value, a number of 17 digits would come out as another one. */
function content({ msgBody, cloudCustomData }: MessageContent): string {
  const given = [
    ['MsgBody', msgBody],
    ['CloudCustomData', cloudCustomData],
  ] as const;
  const there = given.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
  const exact = Object.fromEntries(there);
  return object([
    // A text that is no JSON, sent as it was typed, is in `exact` alone.
    ...there.flatMap(([name, text]) => (isJson(text) ? [`"${name}":${minify(text)}`] : [])),
    ...(there.length > 0 ? [`"exact":${JSON.stringify(exact)}`] : []),
  ]);
}

function membersOf(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
}

function object(members: readonly string[]): string {
  return `{${members.join(',')}}`;
}

/** A time that no calendar knows stays the number it was. */
function isoTime(ms: number): string | number {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? ms : date.toISOString();
}
