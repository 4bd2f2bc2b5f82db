import { l10n } from 'vscode';
import type { MessageAddress } from '../chat/address';
import type { FactsView, Strings } from '../protocol';

/** The page's texts. It has none of its own, since only the host knows the user's language. */
export function pageStrings(): Strings {
  return {
    page: l10n.t('Message editor'),
    copied: l10n.t('Copied'),
    recalled: l10n.t('Recalled'),
    recalledNote: l10n.t(
      'This message was recalled: it can no longer be modified. Your text stays on this machine.',
    ),
    gone: l10n.t('Gone'),
    goneNote: l10n.t(
      'The service no longer shows this message: it was deleted or has expired. Your text stays on this machine.',
    ),
    readOnly: l10n.t('Read-only'),
    draft: l10n.t('Draft'),
    conflict: l10n.t('Conflict'),
    unmerged: l10n.t('Not merged yet'),
    file: l10n.t('File without a connection'),
    bytes: l10n.t('{0} of {1} bytes', '{0}', '{1}'),
    bytesLabel: l10n.t('Size of the message in UTF-8'),
    notCountable: l10n.t('Size not countable while the JSON is broken'),
    problems: l10n.t('Problems'),
    noProblems: l10n.t('No problems found'),
    error: l10n.t('Error'),
    warning: l10n.t('Warning'),
    hint: l10n.t('Hint'),
    goTo: l10n.t('Go to the place'),
    toolbar: l10n.t('Message actions'),
    resize: l10n.t('Size of the two editors'),
    addMember: l10n.t('Add {0}', '{0}'),
    editMember: l10n.t('{0} is empty: write it', '{0}'),
    openString: l10n.t('Open the JSON in this string'),
    closeString: l10n.t('Close {0}', '{0}'),
    inString: l10n.t('JSON in {0}', '{0}'),
    notJson: l10n.t('Not JSON at the moment; it stays the string it is.'),
    fixes: l10n.t('Fixes'),
    sentAt: l10n.t('Sent'),
    preview: l10n.t('Preview'),
    previewStale: l10n.t('As it was when it could last be read'),
    previewEmpty: l10n.t('Nothing to show'),
    pushText: l10n.t('Push notification'),
    notPushed: l10n.t('No push: nothing in it has words'),
    partUnknown: l10n.t('Unknown element {0}', '{0}'),
    seconds: l10n.t('{0} s', '{0}'),
    messages: l10n.t('{0} messages', '{0}'),
    help: l10n.t('What {0} means', '{0}'),
  };
}

/** CodeMirror's own texts, by the English it has built in. */
export function editorPhrases(): Record<string, string> {
  return {
    Find: l10n.t('Find'),
    Replace: l10n.t('Replace'),
    next: l10n.t('Next'),
    previous: l10n.t('Previous'),
    all: l10n.t('All'),
    'match case': l10n.t('Match Case'),
    'by word': l10n.t('Whole Word'),
    regexp: l10n.t('Regular Expression'),
    replace: l10n.t('Replace'),
    'replace all': l10n.t('Replace All'),
    'toggle replace': l10n.t('Toggle Replace'),
    close: l10n.t('Close'),
    'current match': l10n.t('Current match'),
    'on line': l10n.t('on line'),
    'replaced match on line $': l10n.t('Replaced the match on line $'),
    'replaced $ matches': l10n.t('Replaced $ matches'),
    'Go to line': l10n.t('Go to Line'),
    go: l10n.t('Go'),
    'Folded lines': l10n.t('Folded lines'),
    'Unfolded lines': l10n.t('Unfolded lines'),
    to: l10n.t('to'),
    'folded code': l10n.t('Folded text'),
    unfold: l10n.t('Unfold'),
    'Fold line': l10n.t('Fold line'),
    'Unfold line': l10n.t('Unfold line'),
    'Control character': l10n.t('Control character'),
    'Selection deleted': l10n.t('Selection deleted'),
    Completions: l10n.t('Suggestions'),
    Diagnostics: l10n.t('Problems'),
    'No diagnostics': l10n.t('No problems found'),
  };
}

/** Between whom a message is: sender and receiver, or the group, its topic and the sender. */
export function people(address: MessageAddress, sender: string | undefined): FactsView['people'] {
  if (address.chat === 'c2c') {
    return [
      { role: l10n.t('Sender'), name: address.from },
      { role: l10n.t('Receiver'), name: address.to },
    ];
  }
  return [
    { role: l10n.t('Group'), name: address.group },
    ...(address.topic === undefined ? [] : [{ role: l10n.t('Topic'), name: address.topic }]),
    ...(sender === undefined ? [] : [{ role: l10n.t('Sender'), name: sender }]),
  ];
}

/** How an environment is called. */
export function environmentLabel(environment: 'sandbox' | 'test' | 'production'): string {
  switch (environment) {
    case 'sandbox':
      return l10n.t('Sandbox');
    case 'test':
      return l10n.t('Test');
    case 'production':
      return l10n.t('Production');
  }
}
