import * as vscode from 'vscode';
import { Finding } from '../conversation/finding';
import type { FindView } from '../conversation/pageProtocol';
import type { RowKey } from '../conversation/rowViews';
import type { Item } from '../conversation/timeline';
import { EndlessExpressionError, TextFinder } from '../lists/textFinder';
import { readWanted } from '../lists/wanted';

/** Where it is looked. */
export interface FindPlace {
  items(): readonly Item[];
  /** Whether nothing is missing in it. */
  isWhole(): boolean;
  /** Reads what is missing next, from the newest on. @returns false when nothing is, or it cannot be read */
  more(): Promise<boolean>;
  goTo(key: RowKey): void;
  /** It stands otherwise now. */
  changed(): void;
}

/** Finds in a conversation: in what is loaded, and then in what is older. */
export class FindInPage {
  private finder: TextFinder | undefined;
  private finding: Finding | undefined;
  private abort = new AbortController();
  private searching = false;
  /** All of the conversation was looked through. */
  private complete = false;
  private error: string | undefined;
  private text = '';

  constructor(private readonly place: FindPlace) {}

  /** How it stands; undefined when nothing is looked for. */
  get view(): FindView | undefined {
    const { text, searching, complete, error, finding } = this;
    if (text === '') return undefined;
    return {
      text,
      count: finding?.count ?? 0,
      at: finding?.at ?? 0,
      ...(finding?.key !== undefined && { key: finding.key }),
      ...{ searching, complete },
      ...(error !== undefined && { error }),
    };
  }

  /** Looks for a text from the newest message on; an empty one ends it. */
  async find(text: string): Promise<void> {
    this.close();
    this.text = text;
    if (text !== '') {
      try {
        this.finder = new TextFinder(readWanted(text));
        this.finding = new Finding(this.finder);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        this.error = vscode.l10n.t('This is no regular expression: {0}', error.message);
      }
    }
    await this.step('next');
  }

  /** Goes on to the next older one, or back to the next newer one. */
  async step(step: 'next' | 'previous'): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    const { finding } = this;
    if (!finding) {
      this.place.changed();
      return;
    }
    this.searching = true;
    this.place.changed();
    try {
      await this.lookOn(finding, step, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof EndlessExpressionError)) throw error;
      this.error = vscode.l10n.t(
        'The regular expression {0} was stopped: it did not end with one of the messages. Make it simpler.',
        error.source,
      );
    } finally {
      if (!signal.aborted) {
        this.searching = false;
        this.place.changed();
      }
    }
  }

  dispose(): void {
    this.close();
  }

  private async lookOn(finding: Finding, step: 'next' | 'previous', signal: AbortSignal): Promise<void> {
    for (;;) {
      const isWhole = this.place.isWhole();
      await finding.look(this.place.items(), signal);
      signal.throwIfAborted();
      this.complete = isWhole;
      const key = finding.step(step);
      if (key !== undefined) {
        this.place.goTo(key);
        return;
      }
      if (step === 'previous' || !(await this.place.more())) return;
      signal.throwIfAborted();
    }
  }

  private close(): void {
    this.abort.abort();
    this.finder?.dispose();
    this.finder = undefined;
    this.finding = undefined;
    this.error = undefined;
    this.searching = false;
    this.complete = false;
    this.text = '';
  }
}
