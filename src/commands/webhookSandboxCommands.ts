import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import { without } from '../json/values';
import { titleOf } from '../inbox/eventTexts';
import type { WebhookInbox } from '../inbox/webhookInbox';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick, askText } from '../ui/wizard';
import { webhookCommands } from '../webhooks/commands';
import { postWebhook } from '../webhooks/post';

/** Longer than the 2 s in which a sample is answered. */
const SANDBOX_MS = 8_000;
/** Longer ones the console does not take. */
const LONGEST_TOKEN = 128;

/** What makes the sandbox send webhooks to the inbox, and the token that both know. */
export function webhookSandboxCommands(
  inbox: WebhookInbox,
  connections: Connections,
): Pick<CommandHandlers, 'webhooksConnectSandbox' | 'webhooksSendSample' | 'webhooksSetToken'> {
  /** Tells the sandbox something, with where the inbox is; starts both where they do not run. */
  const tell = async (route: string, what: Readonly<Record<string, unknown>>): Promise<void> => {
    const url = await withProgress(vscode.l10n.t('Starting the webhook inbox…'), () => inbox.start());
    const token = await inbox.token();
    const { endpoint } = await withProgress(vscode.l10n.t('Starting the sandbox…'), async () => {
      await connections.useSandbox();
      return connections.sandbox.info();
    });
    await post(endpoint, route, { ...what, url, ...(token !== undefined && { token }) });
  };

  /** A sandbox that sends to this inbox signs with its token. */
  const tellToken = async (token: string): Promise<void> => {
    const found = await connections.sandbox.webhookTarget();
    if (!found || !(await inbox.isAddress(found.target.url))) return;
    const target = without(found.target, 'token');
    await post(found.endpoint, '/sandbox/webhook', { ...target, ...(token !== '' && { token }) });
  };

  return {
    webhooksSetToken: async () => {
      const token = await askText(vscode.l10n.t('Token of Webhooks'), {
        prompt: vscode.l10n.t(
          'The token of the console’s webhook authentication; empty to verify no signatures',
        ),
        password: true,
        validate: (text) =>
          text.length > LONGEST_TOKEN ? vscode.l10n.t('A token has at most 128 characters.') : undefined,
      });
      await inbox.setToken(token);
      await tellToken(token);
      sayInStatusBar(
        token === ''
          ? vscode.l10n.t('Signatures of webhooks are not verified.')
          : vscode.l10n.t('Signatures of webhooks are verified.'),
      );
    },
    webhooksConnectSandbox: async () => {
      await tell('/sandbox/webhook', {});
      sayInStatusBar(vscode.l10n.t('The sandbox sends its webhooks to the inbox.'), 'plug');
    },
    webhooksSendSample: async () => {
      const command = await askPick(vscode.l10n.t('Send Sample Webhook'), {
        placeholder: vscode.l10n.t('Which one shall the sandbox send to the inbox?'),
        choices: webhookCommands.map(({ name, icon }) => ({
          value: name,
          label: name,
          description: titleOf(name),
          icon,
        })),
      });
      await tell('/sandbox/webhook/send', { command });
    },
  };
}

/** @throws NoticeError when the sandbox does not do it */
async function post(endpoint: string, route: string, what: Readonly<Record<string, unknown>>): Promise<void> {
  const { status, detail } = await postWebhook({
    url: new URL(route, endpoint),
    body: Buffer.from(JSON.stringify(what)),
    contentType: 'application/json',
    timeoutMs: SANDBOX_MS,
  });
  if (status === 200) return;
  throw new NoticeError(
    vscode.l10n.t(
      'The sandbox at {0} did not do it: {1}',
      endpoint,
      detail ?? (status === undefined ? vscode.l10n.t('no answer in time') : `HTTP ${status}`),
    ),
  );
}
