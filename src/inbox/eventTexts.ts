import * as vscode from 'vscode';
import { wordsLanguage } from '../ui/language';
import { findWebhookCommand } from '../webhooks/commands';
import { answerRule, judgeAnswer, readAnswer, type AnswerOutcome } from '../webhooks/commands/answers';
import type { SignatureVerdict } from '../webhooks/checkSignature';
import { SERVICE_MS } from '../webhooks/rules/rule';
import type { AnsweredEvent, ForwardRecord } from '../webhooks/store/records';
import type { InboxEvent } from './webhookInbox';

/** Between whom a webhook is: who → whom, or the group; what it is about where it names nobody. */
export function partiesText({ digest, received }: InboxEvent): string {
  const { who, whom, group, topic } = digest;
  const place = group === undefined ? undefined : topic === undefined ? group : `${group} / ${topic}`;
  const target = place ?? (whom.length > 0 ? whom.join(', ') : undefined);
  if (who !== undefined && target !== undefined) return vscode.l10n.t('{0} → {1}', who, target);
  return who ?? target ?? titleOf(received.command);
}

/** What a command is about, in a few words; its name when it is not of the service's list. */
export function titleOf(command: string): string {
  const known = findWebhookCommand(command);
  if (known) return known.title[wordsLanguage() === 'zh' ? 1 : 0];
  return command === '' ? vscode.l10n.t('A webhook without CallbackCommand') : command;
}

/** What a signature is worth. */
export function signatureText(verdict: SignatureVerdict): string {
  switch (verdict) {
    case 'right':
      return vscode.l10n.t('The signature is right.');
    case 'wrong':
      return vscode.l10n.t('The signature is wrong: it was made with another token or for another time.');
    case 'late':
      return vscode.l10n.t('The signature is right, but RequestTime is more than a minute off.');
    case 'missing':
      return vscode.l10n.t('There is no signature: Sign or RequestTime is missing.');
    case 'notChecked':
      return vscode.l10n.t('The signature was not checked: the inbox knows no token.');
  }
}

/** What the service does with an answer; `late` when it is none in time. */
function outcomeOf(command: string, { how, ms, status, answer = '' }: AnsweredEvent): AnswerOutcome | 'late' {
  const asks = answerRule(command) !== undefined;
  if (asks && (how !== 'answered' || ms > SERVICE_MS)) return 'late';
  return judgeAnswer(command, readAnswer(status, answer));
}

/** How a webhook was answered, in a word or two for its row. */
export function answeredText({ received, answered }: InboxEvent): string {
  if (!answered) return vscode.l10n.t('no answer yet');
  const { how, status, ms } = answered;
  const word = outcomeWord(outcomeOf(received.command, answered), status);
  return how === 'answered' ? vscode.l10n.t('{0}, {1} ms', word, Math.round(ms)) : word;
}

function outcomeWord(outcome: AnswerOutcome | 'late', status: number | undefined): string {
  if (outcome === 'late') return vscode.l10n.t('no answer in time');
  switch (outcome.kind) {
    case 'ignored':
      return status === undefined ? vscode.l10n.t('not answered') : vscode.l10n.t('answered');
    case 'allowed':
      return vscode.l10n.t('allowed');
    case 'replaced':
      return vscode.l10n.t('replaced');
    case 'singlesRefused':
      return vscode.l10n.t('some refused');
    case 'dropped':
      return vscode.l10n.t('dropped');
    case 'refused':
      return vscode.l10n.t('refused with {0}', outcome.code);
    case 'failed':
      return vscode.l10n.t('not usable');
  }
}

/** What the service does with an answer, as its documentation says. */
export function consequenceText(command: string, answered: AnsweredEvent): string {
  const outcome = outcomeOf(command, answered);
  if (outcome === 'late') {
    return vscode.l10n.t(
      'Not within 2 s: the service goes on as if it were allowed, or refuses with 80003 where the console says so.',
    );
  }
  switch (outcome.kind) {
    case 'ignored':
      return vscode.l10n.t('The service tells this after the event and does not look at the answer.');
    case 'allowed':
      return vscode.l10n.t('The service goes on.');
    case 'replaced':
      return vscode.l10n.t('The service goes on with another {0}.', outcome.members.join(', '));
    case 'singlesRefused':
      return vscode.l10n.t(
        'The service goes on without: {0}.',
        outcome.accounts.map(({ account }) => account).join(', '),
      );
    case 'dropped':
      return vscode.l10n.t('The service drops the message, and its sender is told that it was sent.');
    case 'refused':
      return outcome.info === undefined || outcome.info === ''
        ? vscode.l10n.t('The service refuses; whoever asked gets {0}.', outcome.code)
        : vscode.l10n.t('The service refuses; whoever asked gets {0} and “{1}”.', outcome.code, outcome.info);
    case 'failed':
      return vscode.l10n.t(
        'The service cannot use this answer: it goes on as if it were allowed, or refuses with 80003 where the console says so.',
      );
  }
}

/** What became of asking one's own server; undefined when it answered. */
export function forwardTrouble({ error, to, detail }: ForwardRecord): string | undefined {
  switch (error) {
    case undefined:
      return undefined;
    case 'late':
      return vscode.l10n.t('{0} did not answer within 1.5 s, so the inbox allowed it.', to);
    case 'failed':
      return vscode.l10n.t('{0} could not be asked, so the inbox allowed it: {1}', to, detail ?? '');
    case 'notAllowed':
      return vscode.l10n.t('Nothing was sent to {0}: you have not allowed that host.', to);
  }
}
