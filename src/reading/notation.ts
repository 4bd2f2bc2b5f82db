import type { FoundJson } from '../json/find';
import { isNotation, type Repair, type RepairKind } from '../json/loose';
import type { TextRange } from '../json/text';
import { FORMAT_CODES } from '../message/formatCodes';
import type { Problem } from '../message/problem';

/** What a value is written and wrapped in: `json`, `javascript`, `python`, `mongo`, with the wrappings before it. */
export function notationOf(outer: readonly string[], { wrappings, repairs }: FoundJson): string {
  const around = [...outer, ...wrappings].filter((one, index, all) => one !== all[index - 1]);
  return [...around, languageOf(repairs)].join(' ');
}

function languageOf(repairs: readonly Repair[]): string {
  const has = (...kinds: readonly RepairKind[]): boolean => repairs.some(({ kind }) => kinds.includes(kind));
  if (has('mongoType')) return 'mongo';
  if (has('tuple')) return 'python';
  if (has('unquotedName', 'expression', 'number')) return 'javascript';
  if (has('literal') || has('singleQuotes')) return 'python';
  return 'json';
}

/**
 * What was repaired, as problems: one for each kind of slip; what is only another notation is said once.
 *
 * @param mine what was repaired in this message
 * @param whole what was read as another notation in the whole value
 * @param document the text is JSON or nothing: then comments and trailing commas are slips in it
 */
export function slipsOf(
  mine: readonly Repair[],
  whole: readonly Repair[],
  document: boolean,
  message: TextRange,
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<RepairKind>();
  for (const { kind, offset, length } of mine) {
    const place = { path: [], range: { offset, length } };
    if (kind === 'comment' && document) {
      problems.push({
        id: 'jsonComment',
        severity: 'error',
        ...place,
        values: {},
        code: FORMAT_CODES.notJson,
      });
    } else if (kind === 'trailingComma' && document) {
      problems.push({
        id: 'jsonTrailingComma',
        severity: 'error',
        ...place,
        values: {},
        code: FORMAT_CODES.notJson,
      });
    } else if ((document || !isNotation(kind)) && !seen.has(kind)) {
      const severity = kind === 'elided' ? 'warning' : 'error';
      const values = { kind, count: mine.filter((one) => one.kind === kind).length };
      problems.push({ id: 'jsonSlip', severity, ...place, values, code: FORMAT_CODES.notJson });
    }
    seen.add(kind);
  }
  const kinds = [...new Set(whole.map(({ kind }) => kind))];
  if (kinds.length > 0) {
    const range = { offset: message.offset, length: Math.min(1, message.length) };
    problems.push({ id: 'readAs', severity: 'hint', path: [], range, values: { kinds: kinds.join(', ') } });
  }
  return problems;
}
