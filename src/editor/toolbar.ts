import { l10n } from 'vscode';
import { commands } from '../contributions/commands';
import type { ToolbarItem } from '../protocol';
import type { MessageFacts, PageFacts, UnsentFacts } from './pageFacts';

const MODIFY = commands.messageModify.id;
const COMPARE = commands.messageCompare.id;
const DISCARD = commands.messageDiscardDraft.id;
const HISTORY = commands.historyShow.id;
const AS_TEXT = commands.messageOpenAsText.id;
const SEND = commands.unsentSend.id;
const OPTIONS = commands.unsentOptions.id;
const GIVE_UP = commands.unsentDiscard.id;

/** The commands that the page may run; anything else it names is dropped. */
export const toolbarCommands: ReadonlySet<string> = new Set([
  ...[MODIFY, COMPARE, DISCARD, HISTORY, AS_TEXT],
  ...[SEND, OPTIONS, GIVE_UP],
]);

/** The toolbar's buttons: those that mean something for this document. */
export function toolbarItems(facts: PageFacts | undefined, dirty: boolean): ToolbarItem[] {
  const asText: ToolbarItem = {
    command: AS_TEXT,
    icon: 'text',
    label: l10n.t('Open as Text'),
    tooltip: l10n.t('Open the whole message in a text editor'),
    primary: false,
    enabled: true,
  };
  if (!facts) return [asText];
  return [...('unsent' in facts ? ofUnsent(facts) : ofMessage(facts, dirty)), asText];
}

function ofUnsent({ connectionName, readOnly }: UnsentFacts): ToolbarItem[] {
  return [
    {
      command: SEND,
      icon: 'modify',
      label: l10n.t('Send'),
      tooltip: readOnly
        ? l10n.t('The connection {0} is read-only.', connectionName)
        : l10n.t('Send the message to its receivers'),
      primary: !readOnly,
      enabled: true,
    },
    {
      command: OPTIONS,
      icon: 'settings',
      label: l10n.t('Receivers and Options'),
      tooltip: l10n.t('Who gets the message, by which call and with which options'),
      primary: false,
      enabled: true,
    },
    {
      command: GIVE_UP,
      icon: 'discard',
      label: l10n.t('Discard'),
      tooltip: l10n.t('Give the message up without sending it'),
      primary: false,
      enabled: true,
    },
  ];
}

function ofMessage(facts: MessageFacts, dirty: boolean): ToolbarItem[] {
  return [
    {
      command: MODIFY,
      icon: 'modify',
      label: l10n.t('Modify'),
      tooltip: facts.readOnly
        ? l10n.t('The connection {0} is read-only.', facts.connectionName)
        : l10n.t('Overwrite the message on the service with this text'),
      primary: !facts.readOnly,
      enabled: !facts.recalled && facts.gone !== true,
    },
    {
      command: COMPARE,
      icon: 'compare',
      label: l10n.t('Compare'),
      tooltip: l10n.t('Compare with the message on the service'),
      primary: false,
      enabled: true,
    },
    {
      command: DISCARD,
      icon: 'discard',
      label: l10n.t('Discard Draft'),
      tooltip: l10n.t('Go back to the message as it was opened'),
      primary: false,
      enabled: dirty || facts.draft,
    },
    {
      command: HISTORY,
      icon: 'history',
      label: l10n.t('History'),
      tooltip: l10n.t('What this message was before'),
      primary: false,
      enabled: true,
    },
  ];
}
