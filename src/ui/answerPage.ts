import * as vscode from 'vscode';
import type { Pages } from './pages';

/**
 * A page beside what a person works on, for an answer that may take its time. It is opened when the question leaves: a
 * column that came with the answer would take the focus from Find and the like, and what is typed there would go into the
 * document.
 */
export class AnswerPage {
  private opening: Promise<void> | undefined;

  /** @param name as in {@link Pages.write} */
  constructor(
    private readonly pages: Pages,
    private readonly name: string,
  ) {}

  /** Opens it, with what stands there until the answer comes; whoever asks the service waits for nothing. */
  open(meanwhile: string): void {
    this.opening = this.put(meanwhile);
    // Told by the next that writes into it.
    this.opening.catch(() => undefined);
  }

  /** Shows the answer. */
  async show(answer: string): Promise<void> {
    await this.opening;
    this.opening = undefined;
    await this.put(answer);
  }

  /** Says that no answer will come, if one is waited for still. */
  async end(why: string): Promise<void> {
    if (this.opening) await this.show(why);
  }

  private put(text: string): Promise<void> {
    return this.pages.show(this.name, text, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }
}
