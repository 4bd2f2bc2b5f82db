import type { KeyObject } from 'node:crypto';
import * as vscode from 'vscode';
import { examineUserSig, type Examination } from '../chat/signatures/examine';
import { readPublicKey } from '../chat/signatures/keyPairSig';
import type { Connections } from '../connections/connections';
import type { ConnectionArgument } from '../contributions/arguments';
import type { CommandHandlers } from '../contributions/commands';
import { reportOf } from '../signatures/report';
import type { CodeTexts } from '../ui/codeTexts';
import { showNotice } from '../ui/messages';
import type { Pages } from '../ui/pages';
import { sayInStatusBar } from '../ui/statusBar';
import { fullTime } from '../ui/times';
import { askPick, askText } from '../ui/wizard';
import { askUserId } from './askUserId';
import { pickConnection } from './pickConnection';

/** What the commands on UserSigs work with. */
export interface UserSigServices {
  readonly connections: Connections;
  readonly codeTexts: CodeTexts;
  readonly pages: Pages;
  /** Keeps a UserSig that was made here out of the log. */
  readonly hide: (secret: string) => void;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** The longest lifetime that the generators have by default: 180 days. */
const LONGEST = 180 * DAY;

/** *Examine UserSig…* and *Generate UserSig…*. No UserSig is shown, logged or stored by them. */
export function userSigCommands(
  services: UserSigServices,
): Pick<CommandHandlers, 'userSigExamine' | 'userSigGenerate'> {
  return {
    userSigExamine: (where) => examine(services, where),
    userSigGenerate: (where) => generate(services, where),
  };
}

/** What is to be examined, where it comes from, and whom it is used for as far as that says so. */
interface Subject {
  readonly text: string;
  readonly name: string;
  readonly connectionId?: string;
}

async function examine(services: UserSigServices, where: ConnectionArgument | undefined): Promise<void> {
  const { connections, codeTexts, pages } = services;
  const subject = await askSubject(connections, where);
  const used = subject.connectionId === undefined ? undefined : connections.get(subject.connectionId);
  const show = async (publicKey?: KeyObject): Promise<Examination> => {
    const now = Date.now();
    const examination = examineUserSig(subject.text, {
      now,
      clockOffsetMs: connections.clockOffsetMs,
      signers: await connections.signers(),
      publicKey,
      ...(used && { usedFor: { sdkAppId: used.sdkAppId, identifier: used.administrator } }),
    });
    await pages.show('UserSig.txt', reportOf(examination, subject.name, codeTexts, now));
    return examination;
  };
  const { mended, findings } = await show();
  if (findings.some(({ id }) => id === 'keyPairUnknown')) offerPublicKey(show);
  if (mended === undefined) return;
  services.hide(mended);
  const copy = vscode.l10n.t('Copy It Well Written');
  const question = vscode.l10n.t('This UserSig was worn on its way here and could be mended.');
  void showNotice('info', question, copy).then(async (chosen) => {
    if (chosen === copy) await vscode.env.clipboard.writeText(mended);
  });
}

/** A UserSig of the generation before is proved by the public key of its app, which is no secret and no connection's. */
function offerPublicKey(show: (publicKey: KeyObject) => Promise<unknown>): void {
  const choose = vscode.l10n.t('Choose the Public Key…');
  const question = vscode.l10n.t(
    'The public key of its app tells whether this UserSig was signed with the right key.',
  );
  void showNotice('info', question, choose).then(async (chosen) => {
    if (chosen !== choose) return;
    const [file] = (await vscode.window.showOpenDialog({ title: choose })) ?? [];
    if (!file) return;
    try {
      await show(readPublicKey(Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8')));
    } catch {
      void showNotice('error', vscode.l10n.t('There is no public key in {0}.', file.fsPath));
    }
  });
}

async function askSubject(connections: Connections, where: ConnectionArgument | undefined): Promise<Subject> {
  const title = vscode.l10n.t('Examine UserSig');
  const ofConnection = async (connectionId: string): Promise<Subject> => {
    const signer = await connections.signer(connectionId, { interactive: true });
    return { text: signer.sign(signer.app.administrator, DAY), name: signer.name, connectionId };
  };
  if (where) return ofConnection(where.connectionId);
  const from = await askPick<'paste' | 'clipboard' | { readonly connectionId: string }>(title, {
    placeholder: vscode.l10n.t('Where is the UserSig?'),
    choices: [
      {
        value: 'paste',
        label: vscode.l10n.t('Paste It…'),
        detail: vscode.l10n.t('The UserSig, a URL, JSON or a line of a log that holds it'),
        icon: 'edit',
      },
      { value: 'clipboard', label: vscode.l10n.t('In the Clipboard'), icon: 'clippy' },
      ...connections.list().map(({ id, name, sdkAppId, administrator }) => ({
        value: { connectionId: id },
        label: name,
        description: `${sdkAppId} · ${administrator}`,
        icon: 'plug',
        group: vscode.l10n.t('Connections'),
      })),
    ],
  });
  if (typeof from === 'object') return ofConnection(from.connectionId);
  const text =
    from === 'clipboard'
      ? await vscode.env.clipboard.readText()
      : await askText(title, {
          prompt: vscode.l10n.t('It stays in this window’s memory and is neither stored nor logged.'),
          password: true,
        });
  return {
    text,
    name: from === 'clipboard' ? vscode.l10n.t('of the clipboard') : vscode.l10n.t('as pasted'),
  };
}

async function generate(
  { connections, hide }: UserSigServices,
  where: ConnectionArgument | undefined,
): Promise<void> {
  const title = vscode.l10n.t('Generate UserSig');
  const connection = await pickConnection(connections, where, title, {
    fits: ({ credentialKind }) => credentialKind !== 'userSig',
    none: vscode.l10n.t('No connection has a secret key, which signing takes.'),
  });
  const signer = await connections.signer(connection.id, { interactive: true });
  const userId = await askUserId(title, vscode.l10n.t('UserID to sign for'));
  const seconds = await askLifetime(title);
  const userSig = signer.sign(userId, seconds);
  hide(userSig);
  await vscode.env.clipboard.writeText(userSig);
  const end = fullTime(Math.floor(Date.now() / 1000) + seconds);
  sayInStatusBar(vscode.l10n.t('Copied: a UserSig of {0}, valid until {1}.', userId, end), 'key');
}

function askLifetime(title: string): Promise<number> {
  return askPick(title, {
    placeholder: vscode.l10n.t('How long is it valid? Choose, or type a number of seconds.'),
    choices: [
      { value: HOUR, label: vscode.l10n.t('1 hour') },
      { value: DAY, label: vscode.l10n.t('1 day') },
      { value: 7 * DAY, label: vscode.l10n.t('7 days') },
      { value: 30 * DAY, label: vscode.l10n.t('30 days') },
      { value: LONGEST, label: vscode.l10n.t('180 days') },
    ],
    selected: DAY,
    typed: (text) => {
      const seconds = /^\d{1,10}$/.test(text) ? Number(text) : 0;
      if (seconds < 1) return undefined;
      return { value: seconds, label: vscode.l10n.t('{0} seconds', seconds) };
    },
  });
}
