import * as vscode from 'vscode';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';
import { asCommand } from '../contributions/command';
import { commands } from '../contributions/commands';
import { canRetry, type ErrorTexts } from './errorTexts';
import { isCancellation } from './cancellation';
import type { Log } from './log';
import { showNotice, type NoticeKind } from './messages';
import { NoticeError, NothingToDo, type NoticeAction } from './noticeError';
import { remediesFor, type RemedySubject } from './remedies';

/** Where an error came from, as far as that decides what can be done about it. */
export interface ErrorContext {
  /** What was being worked on: the connection that was used, and the message and accounts where there are some. */
  readonly subject?: RemedySubject | undefined;
  /** Does the same again. Offered only for errors where that can help and can do no harm. */
  readonly retry?: (() => unknown) | undefined;
  /** What it is about, e.g. which message; stands before the error's words. */
  readonly about?: string | undefined;
  /** Further buttons, shown first. */
  readonly actions?: readonly NoticeAction[];
}

/** The one place where errors reach the person: everything goes to the log, cancelled things are silent. */
export class Notices {
  constructor(
    private readonly log: Log,
    private readonly texts: ErrorTexts,
  ) {}

  /** The error in words, for places that show it themselves: a row of the tree, a diagnostic, a page. */
  message(error: unknown): string {
    return this.texts.message(error);
  }

  /**
   * Logs and shows `error` with its buttons. Resolves when the notice was answered or closed, so commands must not
   * wait for it.
   */
  async showError(error: unknown, context: ErrorContext = {}): Promise<void> {
    if (isCancellation(error)) return;
    const isInfo = error instanceof NothingToDo;
    // A refusal is the service's answer and no fault of this program: its line is enough, without a stack.
    if (isInfo) this.log.debug(error.message);
    else if (ChatServiceError.is(error)) this.log.warn(error.message);
    else this.log.error(error);
    const buttons = this.buttonsFor(error, context);
    const chosen = await showNotice(
      isInfo ? 'info' : 'error',
      context.about === undefined
        ? this.texts.message(error)
        : `${context.about}: ${this.texts.message(error)}`,
      ...buttons.map((button) => button.title),
    );
    try {
      await buttons.find((button) => button.title === chosen)?.run();
    } catch (next) {
      await this.showError(next, { subject: context.subject });
    }
  }

  /** A short message with optional buttons. Resolves when it was answered or closed. */
  async showInfo(message: string, ...actions: NoticeAction[]): Promise<void> {
    await this.show('info', message, actions);
  }

  /** As {@link showInfo}, for what the person should look at. */
  async showWarning(message: string, ...actions: NoticeAction[]): Promise<void> {
    await this.show('warning', message, actions);
  }

  private async show(kind: NoticeKind, message: string, actions: readonly NoticeAction[]): Promise<void> {
    const chosen = await showNotice(kind, message, ...actions.map(({ title }) => title));
    const action = actions.find(({ title }) => title === chosen);
    if (action !== undefined) await asButton(action).run();
  }

  private buttonsFor(error: unknown, { subject = {}, retry, actions = [] }: ErrorContext): Button[] {
    const buttons: Button[] = [...actions, ...(NoticeError.is(error) ? error.actions : [])].map(asButton);
    const add = (button: Button): void => {
      if (!buttons.some(({ title }) => title === button.title)) buttons.push(button);
    };
    if (retry !== undefined && canRetry(error)) add({ title: vscode.l10n.t('Retry'), run: retry });
    for (const offer of offersFor(error, subject)) add(asButton(offer));
    if (!NoticeError.is(error)) add(asButton(asCommand(vscode.l10n.t('Open Log'), commands.logShow)));
    return buttons;
  }
}

interface Button {
  readonly title: string;
  run(): unknown;
}

function asButton({ title, command, arguments: args = [] }: NoticeAction): Button {
  return { title, run: () => vscode.commands.executeCommand(command, ...(args as unknown[])) };
}

/** What the service's code offers, and for a connection that cannot be reached, another look at what it is. */
function offersFor(error: unknown, subject: RemedySubject): NoticeAction[] {
  if (ChatServiceError.is(error)) return remediesFor(error.code, subject).map(({ command }) => command);
  const { connectionId } = subject;
  if (!ChatNetworkError.is(error) || connectionId === undefined) return [];
  return [asCommand(vscode.l10n.t('Edit Connection'), commands.connectionEdit, { connectionId })];
}
