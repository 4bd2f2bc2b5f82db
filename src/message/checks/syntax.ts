import { MAX_DEPTH, type JsonError } from '../../json/tree';
import { FORMAT_CODES } from '../formatCodes';
import type { Findings } from './findings';

const MOST = 20;

/**
 * Reports where a text is not JSON.
 *
 * @returns whether what the text means is clear nevertheless: it has comments or trailing commas at most
 */
export function checkSyntax(findings: Findings, errors: readonly JsonError[]): boolean {
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
