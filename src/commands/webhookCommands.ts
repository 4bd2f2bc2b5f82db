import * as vscode from 'vscode';
import { asCommand } from '../contributions/command';
import { commands, type CommandHandlers } from '../contributions/commands';
import { viewIds } from '../contributions/ids';
import { titleOf } from '../inbox/eventTexts';
import type { RulesDocument } from '../inbox/rulesDocument';
import { elsewhereText, type WebhookInbox } from '../inbox/webhookInbox';
import { askInDialog } from '../ui/messages';
import { NothingToDo } from '../ui/noticeError';
import type { Notices } from '../ui/notices';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick, askText, type Choice } from '../ui/wizard';
import type { WebhookFilter, WebhooksView } from '../views/webhooks/webhooksView';

/** What the commands on the inbox work with. */
export interface WebhookCommandServices {
  readonly inbox: WebhookInbox;
  readonly view: WebhooksView;
  readonly rules: RulesDocument;
  readonly notices: Notices;
}

/** The page of steps that the manifest contributes. */
const GUIDE = 'tencent-chat-tools.tencent-chat-message-editor#webhooks';

/** Start, stop and status of the inbox, what it is told, and what its view shows. */
export function webhookCommands({
  inbox,
  view,
  rules,
  notices,
}: WebhookCommandServices): Pick<
  CommandHandlers,
  | 'webhooksStart'
  | 'webhooksStop'
  | 'webhooksStatus'
  | 'webhooksCopyAddress'
  | 'webhooksFilter'
  | 'webhooksClear'
  | 'webhooksGuide'
  | 'webhooksEditRules'
> {
  const start = (): Promise<string> =>
    withProgress(vscode.l10n.t('Starting the webhook inbox…'), () => inbox.start());

  const copy = async (): Promise<void> => {
    await vscode.env.clipboard.writeText(await start());
    sayInStatusBar(vscode.l10n.t('The address of the inbox was copied.'), 'copy');
  };

  return {
    webhooksStart: async () => {
      const url = await start();
      await vscode.commands.executeCommand(`${viewIds.webhooks}.focus`);
      sayInStatusBar(vscode.l10n.t('The webhook inbox runs.'));
      return url;
    },
    webhooksStop: async () => {
      await inbox.stop();
      sayInStatusBar(vscode.l10n.t('The webhook inbox was stopped.'));
    },
    webhooksStatus: async () => {
      const state = await inbox.state();
      switch (state.kind) {
        case 'stopped':
          void notices.showInfo(
            vscode.l10n.t('The webhook inbox does not run.'),
            asCommand(vscode.l10n.t('Start Webhook Inbox'), commands.webhooksStart),
          );
          return;
        case 'elsewhere':
          void notices.showInfo(elsewhereText(state.port));
          return;
        case 'running':
          void notices.showInfo(
            (await inbox.token()) === undefined
              ? vscode.l10n.t('The webhook inbox listens at {0}. It knows no token.', new URL(state.url).host)
              : vscode.l10n.t(
                  'The webhook inbox listens at {0} and verifies signatures.',
                  new URL(state.url).host,
                ),
            asCommand(vscode.l10n.t('Copy Address'), commands.webhooksCopyAddress),
            asCommand(vscode.l10n.t('Stop Webhook Inbox'), commands.webhooksStop),
          );
      }
    },
    webhooksCopyAddress: copy,
    webhooksFilter: async () => view.show(await askFilter(inbox)),
    webhooksClear: async () => {
      if (inbox.list().length === 0) throw new NothingToDo(vscode.l10n.t('No webhook is kept.'));
      const clear = vscode.l10n.t('Clear');
      const chosen = await askInDialog(
        vscode.l10n.t('Remove all webhooks that are kept?'),
        [vscode.l10n.t('Their bodies are removed from this machine.')],
        clear,
      );
      if (chosen !== clear) throw new vscode.CancellationError();
      await inbox.clear();
    },
    webhooksGuide: async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', GUIDE, false);
    },
    webhooksEditRules: () => rules.open(),
  };
}

async function askFilter(inbox: WebhookInbox): Promise<WebhookFilter> {
  const title = vscode.l10n.t('Filter Webhooks');
  const kind = await askPick<keyof WebhookFilter | 'all'>(title, {
    placeholder: vscode.l10n.t('What shall be shown?'),
    choices: [
      { value: 'all', label: vscode.l10n.t('All webhooks'), icon: 'clear-all' },
      { value: 'command', label: vscode.l10n.t('Those of a command…'), icon: 'symbol-event' },
      { value: 'account', label: vscode.l10n.t('Those of an account…'), icon: 'account' },
      { value: 'text', label: vscode.l10n.t('Those with a text…'), icon: 'search' },
    ],
  });
  switch (kind) {
    case 'all':
      return {};
    case 'command':
      return {
        command: await askOf(
          title,
          inbox.list().map(({ received: { command } }) => command),
          titleOf,
        ),
      };
    case 'account':
      return {
        account: await askOf(
          title,
          inbox.list().flatMap(({ digest: { who, whom } }) => [...(who === undefined ? [] : [who]), ...whom]),
        ),
      };
    case 'text': {
      const text = await askText(title, { prompt: vscode.l10n.t('Text of the message') });
      return text === '' ? {} : { text };
    }
  }
}

function askOf(
  title: string,
  values: readonly string[],
  describe?: (value: string) => string,
): Promise<string> {
  const choices: Choice<string>[] = [...new Set(values)]
    .sort()
    .map((value) => ({ value, label: value, ...(describe && { description: describe(value) }) }));
  return askPick(title, {
    placeholder: vscode.l10n.t('Of the webhooks that are kept'),
    choices,
    typed: (text) => (text === '' || values.includes(text) ? undefined : { value: text, label: text }),
  });
}
