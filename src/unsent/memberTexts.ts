import * as vscode from 'vscode';

/** What a member of a sending call means, or what the call does (trtc.io/34919, /34920, /35014; 269/1629, 269/1635). */
export function memberMeaning(name: string): string {
  switch (name) {
    case 'sendmsg':
      return vscode.l10n.t('To one user');
    case 'batchsendmsg':
      return vscode.l10n.t('To up to 500 users at once; no webhook is called');
    case 'importmsg':
    case 'import_group_msg':
      return vscode.l10n.t('Into history, with a time of its own; no webhook is called');
    case 'send_group_msg':
      return vscode.l10n.t('To a group');
    case 'From_Account':
      return vscode.l10n.t('Who sends it; without it the administrator');
    case 'To_Account':
      return vscode.l10n.t('Who gets it; in a group some of its members, else all');
    case 'GroupId':
      return vscode.l10n.t('The group that it goes to');
    case 'TopicId':
      return vscode.l10n.t('The topic of the group');
    case 'SyncOtherMachine':
      return vscode.l10n.t("Whether the sender's history has it too");
    case 'OnlineOnlyFlag':
      return vscode.l10n.t('Only for who is online: it is not stored, and cannot be found again');
    case 'MsgLifeTime':
      return vscode.l10n.t(
        'Seconds that it waits for who is offline, at most 604800; 0 for who is online only',
      );
    case 'SendMsgControl':
      return vscode.l10n.t('What it does not do: count as unread, become the last message, make a sound');
    case 'ForbidCallbackControl':
      return vscode.l10n.t('Webhooks that are not called for it');
    case 'OfflinePushInfo':
      return vscode.l10n.t('How it is pushed to who is offline; an object');
    case 'SupportMessageExtension':
      return vscode.l10n.t('Whether it can have message extensions');
    case 'IsNeedReadReceipt':
      return vscode.l10n.t('Whether a read receipt is wanted');
    case 'SyncFromOldSystem':
      return vscode.l10n.t('How it is imported');
    case 'MsgTimeStamp':
    case 'SendTime':
      return vscode.l10n.t('When it was sent, in seconds since 1970');
    case 'MsgPriority':
      return vscode.l10n.t('What is dropped first when a group has too many messages');
    case 'GroupAtInfo':
      return vscode.l10n.t('Who is mentioned in the text; an array');
    case 'RecentContactFlag':
      return vscode.l10n.t("Whether the group moves up in the members' lists");
    default:
      return '';
  }
}

/** What one value of a member means; empty where its name says it. */
export function wordMeaning(name: string, value: string | number): string {
  switch (`${name} ${value}`) {
    case 'SyncOtherMachine 1':
      return vscode.l10n.t('The sender has it, on all devices');
    case 'SyncOtherMachine 2':
      return vscode.l10n.t('The sender does not have it');
    case 'SyncFromOldSystem 2':
      return vscode.l10n.t('As history: not unread');
    case 'SyncFromOldSystem 5':
      return vscode.l10n.t('Live: counts as unread and reaches clients');
    default:
      return value === 1 ? vscode.l10n.t('Yes') : value === 0 ? vscode.l10n.t('No') : '';
  }
}
