import { l10n } from 'vscode';
import { commands } from '../contributions/commands';
import type { ToolbarItem } from '../protocol';
import type { MessageFacts } from './pageFacts';

const MODIFY = commands.messageModify.id;
const COMPARE = commands.messageCompare.id;
const DISCARD = commands.messageDiscardDraft.id;
const HISTORY = commands.historyShow.id;
const AS_TEXT = commands.messageOpenAsText.id;

/** The commands that the page may run; anything else it names is dropped. */
export const toolbarCommands: ReadonlySet<string> = new Set([MODIFY, COMPARE, DISCARD, HISTORY, AS_TEXT]);

/** The toolbar's buttons: those that mean something for this document. */
export function toolbarItems(facts: MessageFacts | undefined, dirty: boolean): ToolbarItem[] {
  const ofMessage: ToolbarItem[] = [
    {
      command: MODIFY,
      icon: 'modify',
      label: l10n.t('Modify'),
      tooltip:
        facts?.readOnly === true
          ? l10n.t('The connection {0} is read-only.', facts.connectionName)
          : l10n.t('Overwrite the message on the service with this text'),
      primary: facts?.readOnly !== true,
      enabled: facts !== undefined && !facts.recalled && facts.gone !== true,
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
      enabled: dirty || facts?.draft === true,
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
  const asText: ToolbarItem = {
    command: AS_TEXT,
    icon: 'text',
    label: l10n.t('Open as Text'),
    tooltip: l10n.t('Open the whole message in a text editor'),
    primary: false,
    enabled: true,
  };
  return [...(facts ? ofMessage : []), asText];
}
