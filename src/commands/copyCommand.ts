import * as vscode from 'vscode';
import { findGuide } from '../chat/calls/guide';
import type { CommandHandlers } from '../contributions/commands';
import type { CallAbout } from '../copying/calls';
import { programs, type Program } from '../copying/programs';
import { credentialVariables } from '../requests/credentialVariables';
import { blockOf } from '../requests/foundCall';
import { wordsLanguage } from '../ui/language';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick } from '../ui/wizard';
import { copySubject, type CopyServices, type CopySubject } from './copySubject';
import { pickConnection } from './pickConnection';

/** Names of the languages that a call is copied in, which are the same everywhere. */
const PROGRAMS: Readonly<Record<Program, string>> = {
  curl: 'curl',
  node: 'Node',
  java: 'Java',
  go: 'Go',
  python: 'Python',
  php: 'PHP',
};

/** What a person chose: a text that is there, or a call as a program or as a document. */
type Form = { readonly text: string } | { readonly program: Program | 'document' };

/** *Copy As…*. No secret is copied: a program takes it from the environment when it runs. */
export function copyCommand(services: CopyServices): Pick<CommandHandlers, 'copyAs'> {
  return {
    copyAs: async (what) => {
      const title = vscode.l10n.t('Copy As');
      const subject = await copySubject(services, what);
      const { label, form } = await askForm(title, subject);
      const text = 'text' in form ? form.text : await calling(services, subject, form.program, title);
      await vscode.env.clipboard.writeText(text);
      sayInStatusBar(copiedText(label, form), 'copy');
    },
  };
}

function askForm(title: string, subject: CopySubject): Promise<{ label: string; form: Form }> {
  const content = vscode.l10n.t('What it is');
  const calls = vscode.l10n.t('A call of the service');
  const document = vscode.l10n.t('Request Document');
  const forms: { label: string; form: Form; description?: string; group: string }[] = [
    ...subject.pieces.map(({ label, text }) => ({
      label,
      form: { text },
      description: text.replace(/\s+/g, ' '),
      group: content,
    })),
  ];
  if (subject.calls) {
    const form: Form = subject.block === undefined ? { program: 'document' } : { text: subject.block };
    forms.push({ label: document, form, group: calls });
    for (const [program, label] of Object.entries(PROGRAMS))
      forms.push({ label, form: { program: program as Program }, group: calls });
  }
  return askPick(title, {
    placeholder: vscode.l10n.t('Copied without a secret: code takes it from the environment when it runs'),
    choices: forms.map(({ label, form, ...shown }) => ({ value: { label, form }, label, ...shown })),
  });
}

async function calling(
  { connections }: CopyServices,
  subject: CopySubject,
  program: Program | 'document',
  title: string,
): Promise<string> {
  const call = await askCall(title, (await subject.calls?.()) ?? []);
  const named = subject.connectionId();
  const { name, endpoint, sdkAppId, administrator } = await pickConnection(
    connections,
    named === undefined ? undefined : { connectionId: named },
    title,
  );
  if (program === 'document') {
    return `# @connection ${name}\n\n${blockOf(call, purposeOf(call))}`;
  }
  return programs[program]({ ...call, app: { endpoint, sdkAppId, administrator } });
}

/** Which of several calls; one that is alone is not asked about. */
async function askCall(title: string, calls: readonly CallAbout[]): Promise<CallAbout> {
  const [first] = calls;
  if (first && calls.length === 1) return first;
  return askPick(title, {
    placeholder: vscode.l10n.t('Which call?'),
    choices: calls.map((call) => ({
      value: call,
      label: purposeOf(call),
      description: call.command,
    })),
  });
}

function purposeOf({ command }: CallAbout): string {
  return findGuide(command)?.purpose[wordsLanguage()] ?? command;
}

function copiedText(label: string, form: Form): string {
  const program = 'program' in form ? form.program : 'document';
  if (program === 'document') return vscode.l10n.t('Copied: {0}', label);
  const variable = program === 'curl' ? credentialVariables.userSig : credentialVariables.secretKey;
  return vscode.l10n.t('Copied: {0}. It reads {1} from the environment.', label, variable);
}
