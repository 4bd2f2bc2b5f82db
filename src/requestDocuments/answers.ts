import * as vscode from 'vscode';
import { isJson } from '../json/strictScanner';
import { prettyPrint } from '../json/layout';
import type { Verdict } from '../requests/expect';
import type { ErrorTexts } from '../ui/errorTexts';
import type { ChatServiceError } from '../chat/errors';
import { AnswerPage } from '../ui/answerPage';
import type { Pages } from '../ui/pages';
import { plainText } from '../ui/plainText';
import { askPick } from '../ui/wizard';
import { fullTime } from '../ui/times';

/** So many answers are kept, in this window's memory only. */
const MOST_KEPT = 20;

/** What a call came to. */
export interface CallAnswer {
  readonly text: string;
  readonly refusal?: ChatServiceError | undefined;
  /** What was found out where the answer alone does not tell what became of the message; it is no refusal then. */
  readonly found?: string | undefined;
  readonly durationMs: number;
}

/** What came back for a block. */
export interface GotAnswer extends CallAnswer {
  /** What the block is called. */
  readonly title: string;
  readonly connection: string;
  readonly command: string;
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

  /** A document is gone: the next one of its name has its own answers. */
  forget(document: vscode.Uri): void {
    for (const key of this.named.keys())
      if (key.startsWith(`${document.toString()} `)) this.named.delete(key);
  }

  /** The text of the answer that a named request of a document got last. */
  of(document: vscode.Uri, name: string): string | undefined {
    return this.named.get(`${document.toString()} ${name}`);
  }

  /**
   * Shows the answer of a block beside the document, always in the same tab.
   *
   * @param title of the block
   * @param send gives undefined when the person declined; it calls `onLeave` when the request leaves
   */
  async shown(
    title: string,
    send: (onLeave: () => void) => Promise<GotAnswer | undefined>,
  ): Promise<GotAnswer | undefined> {
    const page = this.page();
    try {
      const answer = await send(() => page.open(comment(vscode.l10n.t('Sending {0}', title))));
      if (answer) await page.show(this.textOf(answer));
      return answer;
    } finally {
      await page.end(comment(vscode.l10n.t('There is no answer to {0}.', title)));
    }
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
        description: `${fullTime(one.at / 1000)} · ${one.connection}`,
        detail: one.refusal ? this.errors.message(one.refusal) : (one.found ?? one.command),
        icon: one.refusal ? 'error' : one.found === undefined ? 'pass' : 'warning',
      })),
    });
    await this.page().show(this.textOf(answer));
  }

  private page(): AnswerPage {
    return new AnswerPage(this.pages, 'Answer.jsonc');
  }

  private textOf({ command, connection, text, refusal, found, durationMs, verdicts }: GotAnswer): string {
    const size = vscode.l10n.t('{0} bytes', Buffer.byteLength(text));
    const lines = [
      `${command} · ${connection} · ${Math.round(durationMs)} ms · ${size}`,
      ...(refusal ? [this.errors.message(refusal)] : []),
      ...(found === undefined ? [] : [found]),
      ...verdicts.map(({ met, expectation, found: is }) =>
        met
          ? `✓ ${expectation.written.text}`
          : `✗ ${expectation.written.text} · ${is === undefined ? vscode.l10n.t('it is not there') : vscode.l10n.t('it is {0}', is)}`,
      ),
    ];
    return `${lines.map(comment).join('')}${isJson(text) ? prettyPrint(text) : text}\n`;
  }
}

function comment(line: string): string {
  return `// ${plainText(line)}\n`;
}
