import * as vscode from 'vscode';
import { askText } from '../ui/wizard';
import type { Connection, CredentialKind } from './connection';
import { checkSecretKey, checkUserSig } from './inputChecks';

/** Asks for the secret of a connection in one step; undefined when the person declines. */
export async function askSecret(connection: Connection): Promise<string | undefined> {
  try {
    const text = await askText(
      vscode.l10n.t('Secret of {0}', connection.name),
      secretQuestion(connection, connection.credentialKind),
    );
    return text.trim();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    throw error;
  }
}

/** The question for a secret, with the checks that need no request. */
function secretQuestion(
  app: Pick<Connection, 'sdkAppId' | 'administrator'>,
  kind: CredentialKind,
): { prompt: string; password: true; validate: (text: string) => string | undefined } {
  if (kind === 'userSig') {
    return {
      prompt: vscode.l10n.t(
        'UserSig of {0} for SDKAppID {1}. It stays in the secret storage.',
        app.administrator,
        app.sdkAppId,
      ),
      password: true,
      validate: (text) => checkUserSig(text, app, Date.now()),
    };
  }
  return {
    prompt: vscode.l10n.t(
      'Secret key of SDKAppID {0}, from the console. It stays in the secret storage.',
      app.sdkAppId,
    ),
    password: true,
    validate: checkSecretKey,
  };
}
