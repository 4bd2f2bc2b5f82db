import * as vscode from 'vscode';
import type { LeftOut } from '../bulk/preview';

type Why = LeftOut['why'];

/** What a person may still want comes first. */
const inOrder: readonly Why[] = [
  'conflict',
  'unmerged',
  'problem',
  'unreadable',
  'broken',
  'nothingToDo',
  'recalled',
  'gone',
];

/** How many messages a plan leaves out, and why; empty when it leaves out none. */
export function leftCounts(left: readonly LeftOut[]): string {
  if (left.length === 0) return '';
  const counts = inOrder.flatMap((why) => {
    const count = left.filter((one) => one.why === why).length;
    return count === 0 ? [] : [leftCount(why, count)];
  });
  return vscode.l10n.t('Left out: {0}', counts.join(', '));
}

function leftCount(why: Why, count: number): string {
  switch (why) {
    case 'broken':
      return vscode.l10n.t('{0} whose JSON is broken', count);
    case 'problem':
      return vscode.l10n.t('{0} that the service would refuse', count);
    case 'unmerged':
      return vscode.l10n.t('{0} not merged yet', count);
    case 'conflict':
      return vscode.l10n.t('{0} changed on the service meanwhile', count);
    case 'nothingToDo':
      return vscode.l10n.t('{0} that are so already', count);
    case 'recalled':
      return vscode.l10n.t('{0} recalled', count);
    case 'gone':
      return vscode.l10n.t('{0} gone', count);
    case 'unreadable':
      return vscode.l10n.t('{0} that cannot be read', count);
  }
}

/** Why a message is left out, and what taking it in means. */
export function leftText(why: Why): string {
  switch (why) {
    case 'broken':
      return vscode.l10n.t('Its JSON is broken');
    case 'problem':
      return vscode.l10n.t('It has problems that the service would refuse');
    case 'unmerged':
      return vscode.l10n.t("Not merged yet: the service's change would be overwritten");
    case 'conflict':
      return vscode.l10n.t('Changed on the service meanwhile: that change would be overwritten');
    case 'nothingToDo':
      return vscode.l10n.t('The service shows this content already');
    case 'recalled':
      return vscode.l10n.t('The message was recalled');
    case 'gone':
      return vscode.l10n.t('The service no longer shows this message');
    case 'unreadable':
      return vscode.l10n.t('The message cannot be read now; it is read again before it is modified');
  }
}
