import * as vscode from 'vscode';
import type { CommandHandlers } from '../contributions/commands';
import type { Connections } from '../connections/connections';
import { titleOf } from '../inbox/eventTexts';
import type { WebhookInbox } from '../inbox/webhookInbox';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick } from '../ui/wizard';
import { webhookCommands } from '../webhooks/commands';
import { postWebhook } from '../webhooks/post';

/** Longer than the 2 s in which a sample is answered. */
const SANDBOX_MS = 8_000;

/** What makes the sandbox send webhooks to the inbox. */
export function webhookSandboxCommands(
  inbox: WebhookInbox,
  connections: Connections,
): Pick<CommandHandlers, 'webhooksConnectSandbox' | 'webhooksSendSample'> {
  /** Tells the sandbox something, with where the inbox is; starts both where they do not run. */
  const tell = async (route: string, what: Readonly<Record<string, unknown>>): Promise<void> => {
    const url = await withProgress(vscode.l10n.t('Starting the webhook inbox…'), () => inbox.start());
    const token = await inbox.token();
    const { endpoint } = await withProgress(vscode.l10n.t('Starting the sandbox…'), async () => {
      await connections.useSandbox();
      return connections.sandbox.info();
    });
    const { status, detail } = await postWebhook({
      url: new URL(route, endpoint),
      body: Buffer.from(JSON.stringify({ ...what, url, ...(token !== undefined && { token }) })),
      contentType: 'application/json',
      timeoutMs: SANDBOX_MS,
    });
    if (status !== 200) {
      throw new NoticeError(
        vscode.l10n.t(
          'The sandbox at {0} did not do it: {1}',
          endpoint,
          detail ?? (status === undefined ? vscode.l10n.t('no answer in time') : `HTTP ${status}`),
        ),
      );
    }
  };

  return {
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
