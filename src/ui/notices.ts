import * as vscode from 'vscode';
import { ChatNetworkError } from '../chat/errors';
import { actionsFor, canRetry, type ErrorTexts } from './errorTexts';
import type { Log } from './log';
import { NoticeError, type NoticeAction } from './noticeError';

/** Where an error came from, as far as that decides what can be done about it. */
export interface ErrorContext {
  /** The connection that was used. */
  readonly connectionId?: string | undefined;
  /** Does the same again. Offered only for errors where that can help and can do no harm. */
  readonly retry?: (() => unknown) | undefined;
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
    this.log.error(error);
    const buttons = this.buttonsFor(error, context);
    const chosen = await vscode.window.showErrorMessage(
      this.texts.message(error),
      ...buttons.map((button) => button.title),
    );
    try {
      await buttons.find((button) => button.title === chosen)?.run();
    } catch (next) {
      await this.showError(next, { connectionId: context.connectionId });
    }
  }

  /** A short message with optional buttons. Resolves when it was answered or closed. */
  async showInfo(message: string, ...actions: NoticeAction[]): Promise<void> {
    await runChosen(
      await vscode.window.showInformationMessage(message, ...actions.map(({ title }) => title)),
      actions,
    );
  }

  /** As {@link showInfo}, for what the person should look at. */
  async showWarning(message: string, ...actions: NoticeAction[]): Promise<void> {
    await runChosen(
      await vscode.window.showWarningMessage(message, ...actions.map(({ title }) => title)),
      actions,
    );
  }

  private buttonsFor(error: unknown, { connectionId, retry, actions = [] }: ErrorContext): Button[] {
    const buttons: Button[] = [...actions, ...(NoticeError.is(error) ? error.actions : [])].map(asButton);
    const add = (button: Button): void => {
      if (!buttons.some(({ title }) => title === button.title)) buttons.push(button);
    };
    if (retry !== undefined && canRetry(error)) add({ title: vscode.l10n.t('Retry'), run: retry });
    if (connectionId !== undefined) {
      for (const action of offersFor(error, connectionId)) add(asButton(action));
    }
    if (!NoticeError.is(error)) {
      add(asButton({ title: vscode.l10n.t('Open Log'), command: 'tencentChat.log.show' }));
    }
    return buttons;
  }
}

interface Button {
  readonly title: string;
  run(): unknown;
}

function asButton({ title, command, args = [] }: NoticeAction): Button {
  return { title, run: () => vscode.commands.executeCommand(command, ...args) };
}

async function runChosen(chosen: string | undefined, actions: readonly NoticeAction[]): Promise<void> {
  const action = actions.find(({ title }) => title === chosen);
  if (action !== undefined) await asButton(action).run();
}

function offersFor(error: unknown, connectionId: string): NoticeAction[] {
  const args = [{ connectionId }];
  const edit: NoticeAction = {
    title: vscode.l10n.t('Edit Connection'),
    command: 'tencentChat.connection.edit',
    args,
  };
  const offers: NoticeAction[] = ChatNetworkError.is(error) ? [edit] : [];
  for (const action of actionsFor(error)) {
    if (action === 'editConnection' || action === 'changeRegion') offers.push(edit);
    if (action === 'signAgain') {
      offers.push({ title: vscode.l10n.t('Sign Again'), command: 'tencentChat.connection.signAgain', args });
    }
    if (action === 'importAccount') {
      offers.push({ title: vscode.l10n.t('Import Account'), command: 'tencentChat.account.import', args });
    }
  }
  return offers;
}

/** True for everything that means "the person changed their mind": such errors are never shown. */
export function isCancellation(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError ||
    (error instanceof Error && error.name === 'AbortError') ||
    (ChatNetworkError.is(error) && error.reason === 'aborted')
  );
}
