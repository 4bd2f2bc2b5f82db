import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import type { Log } from './log';
import type { Notices } from './notices';

/** A file of ours that could not be used. */
export interface FileProblem {
  readonly file: string;
  readonly reason: 'damaged' | 'newerFormat' | 'unreadable';
  /** Where a damaged one lies now. */
  readonly movedTo?: string;
}

/** Tells of files that could not be used or written: all of them in the log, and the first one of a kind in a notice. */
export class DamageReport {
  private readonly told = new Set<string>();

  constructor(
    private readonly log: Log,
    private readonly notices: Notices,
  ) {}

  /** A file with a draft. */
  draft(problem: FileProblem): void {
    this.report(
      'draft',
      problem,
      vscode.l10n.t('A damaged draft was set aside; all others are as they were. The log names its file.'),
    );
  }

  /** A file with a revision. */
  journal(problem: FileProblem): void {
    this.report(
      'journal',
      problem,
      vscode.l10n.t(
        'A damaged file of the journal was set aside; all others are as they were. The log names it.',
      ),
    );
  }

  /** What unsaved text rests on, or what became of a draft, cannot be written. */
  unkept(error: unknown): void {
    this.log.error(error, 'drafts');
    void this.notices.showWarning(
      vscode.l10n.t(
        'What your text was made from cannot be kept on this machine. Your text stays in its editor; send or copy it before you close VS Code. {0}',
        this.notices.message(error),
      ),
      asCommand(vscode.l10n.t('Open Log'), commands.logShow),
    );
  }

  /** How a modification ended cannot be written. */
  unjournaled(error: unknown): void {
    this.log.error(error, 'journal');
    if (this.told.has('unjournaled')) return;
    this.told.add('unjournaled');
    void this.notices.showWarning(
      vscode.l10n.t(
        'How a modification ended cannot be written into the journal; it is found out again at the next start. {0}',
        this.notices.message(error),
      ),
      asCommand(vscode.l10n.t('Open Log'), commands.logShow),
    );
  }

  private report(kind: string, { file, reason, movedTo }: FileProblem, words: string): void {
    this.log.warn(`${kind} ${file}: ${reason}${movedTo === undefined ? '' : `, now ${movedTo}`}`);
    if (reason !== 'damaged' || this.told.has(kind)) return;
    this.told.add(kind);
    void this.notices.showWarning(words, asCommand(vscode.l10n.t('Open Log'), commands.logShow));
  }
}
