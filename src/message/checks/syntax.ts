import { MAX_DEPTH, type JsonError } from '../../json/tree';
import { FORMAT_CODES } from '../formatCodes';
import type { Findings } from './findings';
import { nearlyJson } from './nearlyJson';

const MOST = 20;

/**
 * Reports where a text is not JSON.
 *
 * @returns whether what the text means is clear nevertheless: it has comments or trailing commas at most
 */
export function checkSyntax(findings: Findings, errors: readonly JsonError[]): boolean {
  const slips = ['Comment', 'TrailingComma', 'TooDeep', 'Empty'];
  // One slip can make an error of every token behind it; where its repair is clear, it is the only thing to say.
  const nearly = errors.every(({ kind }) => slips.includes(kind)) ? undefined : nearlyJson(findings.text);
  if (nearly !== undefined) {
    const { kind, count, mark, range } = nearly;
    findings.add('jsonSlip', 'error', { path: [], range }, { kind, count, mark }, FORMAT_CODES.notJson);
    return false;
  }
  let clear = true;
  let real = 0;
  for (const { kind, offset, length } of errors.slice(0, MOST)) {
    const place = { path: [], range: { offset, length } };
    switch (kind) {
      case 'Comment':
        findings.add('jsonComment', 'error', place, {}, FORMAT_CODES.notJson);
        break;
      case 'TrailingComma':
        findings.add('jsonTrailingComma', 'error', place, {}, FORMAT_CODES.notJson);
        break;
      case 'TooDeep':
        findings.add('jsonTooDeep', 'warning', place, { limit: MAX_DEPTH });
        break;
      case 'Empty':
        findings.add('jsonEmpty', 'error', place, {}, FORMAT_CODES.notJson);
        clear = false;
        break;
      default:
        // One missing bracket makes many errors; only the first one tells something.
        if (real === 0) findings.add('jsonSyntax', 'error', place, { kind }, FORMAT_CODES.notJson);
        real += 1;
        clear = false;
    }
  }
  return clear;
}
