import * as vscode from 'vscode';
import { importOf, type Plan } from '../bulk/plan';
import type { MessageContent } from '../chat/chatMessage';
import { settings, type Settings } from '../contributions/settings';
import type { Journal } from '../journal/journal';
import { NoticeError, type NoticeAction } from '../ui/noticeError';

/** A plan takes about so many bytes a message in the journal beside its contents. */
const ENTRY_BYTES = 900;

/** A plan that would be refused anyway, or whose before-images would not stay, is told before it starts. */
export async function demandFit(
  plan: Plan,
  { journal, read }: { readonly journal: Journal; readonly read: Settings },
): Promise<void> {
  const { connection, items } = plan;
  const most = read.read(settings.plansMaxInProduction);
  if (connection.environment === 'production' && items.length > most)
    throw new NoticeError(
      importOf(plan)
        ? vscode.l10n.t(
            'In production {0} messages may be imported at once; these are {1}.',
            most,
            items.length,
          )
        : vscode.l10n.t(
            'In production one plan may modify {0} messages; this one has {1}.',
            most,
            items.length,
          ),
      [openSetting(settings.plansMaxInProduction.id)],
    );
  const bytes = items.reduce(
    (sum, { base, content }) => sum + ENTRY_BYTES + lengthOf(base) * 2 + lengthOf(content) * 2,
    0,
  );
  if (!(await journal.fits(bytes)))
    throw new NoticeError(
      vscode.l10n.t(
        'What these messages are now would not fit into the journal: about {0} MB. Give it more room, or modify fewer messages.',
        Math.ceil(bytes / 1024 / 1024),
      ),
      [openSetting(settings.journalMaxSizeMB.id)],
    );
}

function openSetting(id: string): NoticeAction {
  return { title: vscode.l10n.t('Open Settings'), command: 'workbench.action.openSettings', arguments: [id] };
}

function lengthOf({ msgBody = '', cloudCustomData = '' }: MessageContent): number {
  return msgBody.length + cloudCustomData.length;
}
