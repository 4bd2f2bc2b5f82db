import * as path from 'node:path';
import * as vscode from 'vscode';
import { CodeTexts } from '../../ui/codeTexts';
import { DamageReport } from '../../ui/damagedFiles';
import { ErrorTexts } from '../../ui/errorTexts';
import type { Log } from '../../ui/log';
import { Notices } from '../../ui/notices';

/** What words errors and the service's codes for a person. */
export interface Reports {
  readonly codeTexts: CodeTexts;
  readonly notices: Notices;
  readonly damage: DamageReport;
}

/** Puts together what words errors. */
export function createReports({ extensionPath }: vscode.ExtensionContext, log: Log): Reports {
  const codeTexts = new CodeTexts(path.join(extensionPath, 'l10n'), vscode.env.language, log);
  const notices = new Notices(log, new ErrorTexts(codeTexts));
  return { codeTexts, notices, damage: new DamageReport(log, notices) };
}
