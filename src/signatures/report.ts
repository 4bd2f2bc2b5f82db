import * as vscode from 'vscode';
import type { Examination } from '../chat/signatures/examine';
import type { FindingLevel } from '../chat/signatures/finding';
import type { CodeTexts } from '../ui/codeTexts';
import { plainText } from '../ui/plainText';
import { fullTime } from '../ui/times';
import { findingText } from './findingTexts';

const SIGNS: Readonly<Record<FindingLevel, string>> = { good: '✓', note: '!', bad: '✗' };

/**
 * What was found out about a UserSig, to read. Nothing of the UserSig itself stands in it.
 *
 * @param subject what was examined
 * @param now in milliseconds
 */
export function reportOf(
  { findings, codes, mended }: Examination,
  subject: string,
  codeTexts: CodeTexts,
  now: number,
): string {
  const bad = findings.some(({ level }) => level === 'bad');
  const unknown = findings.some(({ id }) => id === 'keyUnknown' || id === 'keyPairUnknown');
  const lines = [
    vscode.l10n.t('UserSig: {0}', plainText(subject)),
    vscode.l10n.t('Examined {0}', fullTime(Math.floor(now / 1000))),
    '',
    verdictOf(codes, bad, unknown, codeTexts),
    '',
    ...findings.map((finding) => `${SIGNS[finding.level]} ${plainText(findingText(finding))}`),
  ];
  if (mended !== undefined) {
    lines.push('', vscode.l10n.t('Well written, it would be taken as it is: the notice copies it.'));
  }
  return `${lines.join('\n')}\n`;
}

function verdictOf(codes: readonly number[], bad: boolean, unknown: boolean, texts: CodeTexts): string {
  if (codes.length > 0) {
    const explained = codes.map((code) => {
      const text = texts.of(code);
      return text ? `${code}: ${text.meaning} ${text.remedy}` : String(code);
    });
    const [one = ''] = explained;
    return explained.length === 1
      ? vscode.l10n.t('The service is to be expected to answer {0}', one)
      : `${vscode.l10n.t('The service is to be expected to answer one of these:')}\n  ${explained.join('\n  ')}`;
  }
  if (bad)
    return vscode.l10n.t('Something about it is wrong; which code the service answers is not documented.');
  return unknown
    ? vscode.l10n.t('Nothing wrong was found, but its key could not be tried.')
    : vscode.l10n.t('The service is to be expected to take it.');
}
