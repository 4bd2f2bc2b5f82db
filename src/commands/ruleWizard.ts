import * as vscode from 'vscode';
import { titleOf } from '../inbox/eventTexts';
import type { InboxEvent } from '../inbox/webhookInbox';
import { runSteps, type Choice, type Step } from '../ui/wizard';
import { webhookCommands } from '../webhooks/commands';
import { answerRule, ownCodes } from '../webhooks/commands/answers';
import { isHttpAddress } from '../webhooks/rules/readRules';
import { MOST_DELAY_MS, type RuleAnswer } from '../webhooks/rules/rule';

/** What a rule is made of, step by step. */
interface RuleForm {
  command: string;
  from: string;
  text: string;
  answer: RuleAnswer['do'] | 'delay';
  detail: string;
  info: string;
}

/** Asks for a rule; what is known of a webhook stands in the form already. */
export async function askRule(event: InboxEvent | undefined): Promise<Record<string, unknown>> {
  const form: RuleForm = {
    command: event?.received.command ?? 'C2C.CallbackBeforeSendMsg',
    from: event?.digest.who ?? '',
    text: '',
    answer: 'forbid',
    detail: '',
    info: '',
  };
  const { command, from, text, answer, detail, info } = await runSteps(
    vscode.l10n.t('Add Rule'),
    form,
    steps(),
  );
  const when = {
    ...(command !== '' && { command }),
    ...(from !== '' && { from }),
    ...(text !== '' && { text }),
  };
  return { when, answer: answerOf(answer, detail, info) };
}

function answerOf(kind: RuleForm['answer'], detail: string, info: string): Record<string, unknown> {
  switch (kind) {
    case 'forbid':
      return {
        do: kind,
        ...(detail !== '' && { code: Number(detail) }),
        ...(info !== '' && { info }),
      };
    case 'replace':
      return { do: kind, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: detail } }] };
    case 'delay':
      return { do: 'allow', delayMs: Number(detail) };
    case 'status':
      return { do: kind, status: Number(detail) };
    case 'forward':
      return { do: kind, to: detail };
    default:
      return { do: kind };
  }
}

function steps(): readonly Step<RuleForm>[] {
  const before = webhookCommands.filter(({ when }) => when === 'before').map(({ name }) => name);
  return [
    async (form, ask) => {
      form.command = await ask.pick({
        placeholder: vscode.l10n.t('Which webhooks is the rule for?'),
        selected: form.command,
        choices: [
          ...[...new Set([...before, form.command])].map((name) => ({
            value: name,
            label: name,
            description: titleOf(name),
          })),
          { value: '', label: vscode.l10n.t('All webhooks') },
        ],
      });
    },
    async (form, ask) => {
      form.from = await ask.text({
        prompt: vscode.l10n.t('UserID of who sends or acts; empty for everybody'),
        value: form.from,
      });
    },
    async (form, ask) => {
      form.text = await ask.text({
        prompt: vscode.l10n.t('Text in the message, or a regular expression between slashes; empty for any'),
        value: form.text,
      });
    },
    async (form, ask) => {
      form.answer = await ask.pick({
        placeholder: vscode.l10n.t('What does the inbox answer?'),
        selected: form.answer,
        choices: answerChoices(),
      });
    },
    async (form, ask) => {
      const request = detailRequest(form);
      if (request) form.detail = await ask.text({ ...request, value: form.detail });
      else form.detail = '';
    },
    async (form, ask) => {
      if (form.answer !== 'forbid' || form.detail === '') return;
      form.info = await ask.text({
        prompt: vscode.l10n.t('Text that the sender gets with the code'),
        value: form.info,
      });
    },
  ];
}

function answerChoices(): Choice<RuleForm['answer']>[] {
  return [
    { value: 'forbid', label: vscode.l10n.t('Forbid, with a code'), icon: 'circle-slash' },
    { value: 'replace', label: vscode.l10n.t('Replace the message by a text'), icon: 'replace' },
    { value: 'drop', label: vscode.l10n.t('Drop: the sender is told that it was sent'), icon: 'trash' },
    { value: 'allow', label: vscode.l10n.t('Allow'), icon: 'check' },
    { value: 'delay', label: vscode.l10n.t('Allow, after a while'), icon: 'watch' },
    { value: 'forward', label: vscode.l10n.t('Ask my own server'), icon: 'arrow-swap' },
    { value: 'none', label: vscode.l10n.t('No answer at all'), icon: 'mute' },
    { value: 'broken', label: vscode.l10n.t('An answer that is no JSON'), icon: 'json' },
    { value: 'status', label: vscode.l10n.t('An HTTP status'), icon: 'error' },
  ];
}

function detailRequest({
  answer,
  command,
}: RuleForm): { prompt: string; validate: (text: string) => string | undefined } | undefined {
  const between =
    (first: number, last: number, optional = false) =>
    (text: string): string | undefined =>
      (optional && text === '') || (/^\d+$/.test(text) && Number(text) >= first && Number(text) <= last)
        ? undefined
        : vscode.l10n.t('A number from {0} to {1} belongs here.', first, last);
  switch (answer) {
    case 'forbid': {
      const { first, last } = answerRule(command)?.custom ?? ownCodes.c2c;
      return {
        prompt: vscode.l10n.t(
          'Code from {0} to {1} that the sender gets; empty for the service’s own',
          first,
          last,
        ),
        validate: between(first, last, true),
      };
    }
    case 'replace':
      return { prompt: vscode.l10n.t('Text of the message'), validate: () => undefined };
    case 'delay':
      return {
        prompt: vscode.l10n.t('Milliseconds; the service waits for 2000'),
        validate: between(0, MOST_DELAY_MS),
      };
    case 'status':
      return { prompt: vscode.l10n.t('HTTP status'), validate: between(200, 599) };
    case 'forward':
      return {
        prompt: vscode.l10n.t('Address of your own server'),
        validate: (text) =>
          isHttpAddress(text) ? undefined : vscode.l10n.t('An http or https address belongs here.'),
      };
    default:
      return undefined;
  }
}
