import * as vscode from 'vscode';
import { advisesRetry, outcomeOf } from '../chat/catalogue';
import { isReadOnlyCall } from '../chat/calls/specs';
import { ChatNetworkError, ChatServiceError } from '../chat/errors';
import type { CodeTexts } from './codeTexts';
import { NoticeError } from './noticeError';

/** Puts any error in words for the person; technical detail stays in the log. */
export class ErrorTexts {
  constructor(private readonly codes: CodeTexts) {}

  /** One or two localised sentences. */
  message(error: unknown): string {
    if (NoticeError.is(error)) return error.message;
    if (ChatServiceError.is(error)) return this.serviceMessage(error);
    if (ChatNetworkError.is(error)) return networkMessage(error);
    const disk = diskMessage(error);
    if (disk !== undefined) return disk;
    if (error instanceof Error) return vscode.l10n.t('Something went wrong: {0}', error.message);
    return vscode.l10n.t('Something went wrong: {0}', String(error));
  }

  private serviceMessage(error: ChatServiceError): string {
    const text = this.codes.of(error.code, error.command);
    const info = error.info.trim();
    if (text !== undefined)
      return vscode.l10n.t('Code {0}: {1} {2}', error.code, text.meaning, text.remedy).trim();
    if (info === '')
      return vscode.l10n.t('The service refused {0} with code {1}.', error.command, error.code);
    return vscode.l10n.t('The service refused {0} with code {1}: {2}', error.command, error.code, info);
  }
}

/** True when doing the same again can help and can do no harm. */
export function canRetry(error: unknown): boolean {
  if (ChatServiceError.is(error)) {
    const harmless = isReadOnlyCall(error.command) || outcomeOf(error) === 'notDone';
    return harmless && advisesRetry(error.code);
  }
  return ChatNetworkError.is(error) && (!error.outcomeUnknown || isReadOnlyCall(error.command));
}

/** What a disk that takes nothing says; undefined for any other error. */
function diskMessage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return vscode.l10n.t('The disk of this machine is full, so nothing can be kept on it.');
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return vscode.l10n.t(
        'The disk of this machine, or the folder of this extension on it, cannot be written: {0}',
        error.message,
      );
    default:
      return undefined;
  }
}

function networkMessage(error: ChatNetworkError): string {
  switch (error.reason) {
    case 'timeout':
      return vscode.l10n.t('The service did not answer in time.');
    case 'unreachable':
      return vscode.l10n.t('The service cannot be reached. Check the network, the proxy and the endpoint.');
    case 'unknownHost':
      return vscode.l10n.t('The host of the endpoint was not found. Check its name and the network.');
    case 'certificate':
      return vscode.l10n.t('The certificate of the endpoint is not trusted.');
    case 'dropped':
      return vscode.l10n.t('The connection broke before the whole answer had come.');
    case 'httpStatus':
      return vscode.l10n.t(
        'The server answered with HTTP status {0} instead of a result.',
        error.status ?? '?',
      );
    case 'notJson':
      return vscode.l10n.t('What answered is not the service: its answer is not JSON. Check the endpoint.');
    case 'malformed':
      return vscode.l10n.t('The answer is JSON, but not what the service sends for this request.');
    case 'noProgress':
      return vscode.l10n.t('The service sent the same page again and again, so reading was stopped.');
    case 'tooManyPages':
      return vscode.l10n.t(
        'The message was not found in the first pages of the time it was sent in, so looking was stopped. Try again, or open it from its conversation.',
      );
    case 'insecure':
      return vscode.l10n.t('The endpoint must use https; plain http is for this machine only.');
    case 'aborted':
      return vscode.l10n.t('Cancelled.');
  }
}
