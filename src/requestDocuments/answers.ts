import * as vscode from 'vscode';
import { isJson } from '../json/strictScanner';
import { prettyPrint } from '../json/layout';
import type { Verdict } from '../requests/expect';
import type { ErrorTexts } from '../ui/errorTexts';
import type { ChatServiceError } from '../chat/errors';
import type { Pages } from '../ui/pages';
import { plainText } from '../ui/plainText';
import { askPick } from '../ui/wizard';
import { hourAndMinute } from '../ui/times';

/** So many answers are kept, in this window's memory only. */
const MOST_KEPT = 20;

/** What came back for a block. */
export interface GotAnswer {
  /** What the block is called. */
  readonly title: string;
  readonly connection: string;
  readonly command: string;
  readonly text: string;
  readonly refusal?: ChatServiceError | undefined;
  readonly durationMs: number;
  readonly verdicts: readonly Verdict[];
  /** Milliseconds. */
  readonly at: number;
}

/** The answers of the last sends, to read and to take values from. */
export class Answers {
  private readonly kept: GotAnswer[] = [];
  /** Last answer by document and name of its request. */
  private readonly named = new Map<string, string>();

  constructor(
    private readonly pages: Pages,
    private readonly errors: Pick<ErrorTexts, 'message'>,
  ) {}

  keep(document: vscode.Uri, name: string | undefined, answer: GotAnswer): void {
    this.kept.unshift(answer);
    this.kept.length = Math.min(this.kept.length, MOST_KEPT);
    if (name !== undefined) this.named.set(`${document.toString()} ${name}`, answer.text);
  }

  /** The text of the answer that a named request of a document got last. */
  of(document: vscode.Uri, name: string): string | undefined {
    return this.named.get(`${document.toString()} ${name}`);
  }

  /** Shows an answer beside the document, always in the same tab. */
  async show(answer: GotAnswer): Promise<void> {
    const preserveFocus = true;
    await this.pages.show('Answer.jsonc', this.page(answer), {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus,
    });
  }

  /** Lets the person choose one of the earlier answers. */
  async choose(): Promise<void> {
    const title = vscode.l10n.t('Earlier Answers');
    const answer = await askPick(title, {
      placeholder:
        this.kept.length === 0
          ? vscode.l10n.t('Nothing was sent from a request document yet.')
          : vscode.l10n.t('The last {0} answers, newest first', this.kept.length),
      choices: this.kept.map((one) => ({
        value: one,
        label: one.title,
        description: `${hourAndMinute(Math.floor(one.at / 1000))} · ${one.connection}`,
        detail: one.refusal ? this.errors.message(one.refusal) : one.command,
        icon: one.refusal ? 'error' : 'pass',
      })),
    });
    await this.show(answer);
  }

  private page({ command, connection, text, refusal, durationMs, verdicts }: GotAnswer): string {
    const size = vscode.l10n.t('{0} bytes', Buffer.byteLength(text));
    const lines = [
      `${command} · ${connection} · ${Math.round(durationMs)} ms · ${size}`,
      ...(refusal ? [this.errors.message(refusal)] : []),
      ...verdicts.map(({ met, expectation, found }) =>
        met
          ? `✓ ${expectation.written.text}`
          : `✗ ${expectation.written.text} · ${found === undefined ? vscode.l10n.t('it is not there') : vscode.l10n.t('it is {0}', found)}`,
      ),
    ];
    const head = lines.map((line) => `// ${plainText(line)}`).join('\n');
    return `${head}\n${isJson(text) ? prettyPrint(text) : text}\n`;
  }
}
