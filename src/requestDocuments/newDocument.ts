import * as vscode from 'vscode';
import { callGuides } from '../chat/calls/guide';
import type { Connections } from '../connections/connections';
import { REQUEST_LANGUAGE } from '../contributions/ids';
import { blockOf, callOf } from '../requests/foundCall';
import { wordsLanguage } from '../ui/language';
import { askPick } from '../ui/wizard';

/**
 * *New Request Document*: of a call that the person chooses by its name or purpose, or of a curl or a request of the log in the clipboard.
 *
 * @param connectionId the connection that it names
 */
export async function newRequestDocument(
  connections: Connections,
  connectionId: string | undefined,
): Promise<void> {
  const title = vscode.l10n.t('New Request Document');
  const copied = callOf(await vscode.env.clipboard.readText());
  const language = wordsLanguage();
  const fromClipboard = vscode.l10n.t('From the Request in the Clipboard');
  const block = await askPick(title, {
    placeholder: vscode.l10n.t('Which call? By name or purpose'),
    choices: [
      ...(copied
        ? [
            {
              value: blockOf(copied, copied.command),
              label: fromClipboard,
              description: copied.command,
              icon: 'clippy',
            },
          ]
        : []),
      ...callGuides.map(({ spec, purpose, sample }) => ({
        value: blockOf({ command: spec.name, body: JSON.stringify(sample) }, purpose[language]),
        label: spec.name,
        detail: purpose[language],
        icon: spec.readOnly ? 'eye' : spec.irreversible ? 'trash' : 'edit',
      })),
    ],
  });
  const named = connectionId === undefined ? connections.list()[0] : connections.get(connectionId);
  const head = named ? `# @connection ${named.name}\n\n` : '';
  const document = await vscode.workspace.openTextDocument({
    language: REQUEST_LANGUAGE,
    content: head + block,
  });
  await vscode.window.showTextDocument(document);
}
