import * as vscode from 'vscode';
import type { Fix, FixId } from '../message/fixes';

type Values = Fix['values'];

/** The title of a fix in the person's language. */
export function fixTitle({ id, values }: Pick<Fix, 'id' | 'values'>): string {
  return titles[id](values);
}

const titles: Readonly<Record<FixId, (values: Values) => string>> = {
  wrapInArray: () => vscode.l10n.t('Put it into an array'),
  makeTextElement: () => vscode.l10n.t('Make it a text element'),
  unwrapString: ({ name }) => vscode.l10n.t('Take {0} out of its string', word(name)),
  wrapInString: ({ name }) => vscode.l10n.t('Put {0} into a string', word(name)),
  quote: ({ name }) => vscode.l10n.t('Put {0} into quotes', word(name)),
  unquote: ({ name }) => vscode.l10n.t('Take the quotes off {0}', word(name)),
  rename: ({ from, to }) => vscode.l10n.t('Rename {0} to {1}', word(from), word(to)),
  moveIntoContent: ({ fields }) => vscode.l10n.t('Move {0} into MsgContent', word(fields)),
  makeContent: ({ msgType }) => vscode.l10n.t('Make the MsgContent of {0}', word(msgType)),
  convertElement: ({ msgType }) => vscode.l10n.t('Turn it into {0} of the server API', word(msgType)),
  convertMessage: () => vscode.l10n.t('Make a message document of it, without what is no part of a message'),
  keepMessage: ({ number, count }) =>
    vscode.l10n.t('Make a message document of message {0} of {1}', word(number), word(count)),
  makeElement: ({ msgType }) => vscode.l10n.t('Make {0} of it, in an array', word(msgType)),
  moveIntoList: ({ fields, list }) => vscode.l10n.t('Move {0} into {1}', word(fields), word(list)),
  addField: ({ field, value }) => vscode.l10n.t('Add {0}: {1}', word(field), word(value)),
  addMsgType: ({ msgType }) => vscode.l10n.t('Add MsgType {0}', word(msgType)),
  setValue: ({ field, value }) => vscode.l10n.t('Set {0} to {1}', word(field), word(value)),
  removeMember: ({ name }) => vscode.l10n.t('Remove {0}', word(name)),
  keepMessageOnly: () => vscode.l10n.t('Keep MsgBody and CloudCustomData only'),
  useFirst: ({ name, value }) => vscode.l10n.t('Use {1} as {0}', word(name), word(value)),
  removeElement: ({ msgType }) => vscode.l10n.t('Remove this {0}', word(msgType)),
  repairJson: () => vscode.l10n.t('Make it JSON'),
  removeComment: () => vscode.l10n.t('Remove the comment'),
  removeComments: () => vscode.l10n.t('Remove all comments'),
  removeComma: () => vscode.l10n.t('Remove the comma'),
  addComma: () => vscode.l10n.t('Add a comma'),
  startWithText: () => vscode.l10n.t('Start with a text message'),
  makeMessage: () => vscode.l10n.t('Make a message document of it'),
  addMember: ({ name }) => vscode.l10n.t('Add {0}', word(name)),
  minifyStrings: ({ bytes }) =>
    vscode.l10n.t('Remove white space from JSON in strings ({0} bytes)', word(bytes)),
  shorten: ({ field, bytes }) => vscode.l10n.t('Shorten {0} by {1} bytes', word(field), word(bytes)),
  escapeSurrogate: () => vscode.l10n.t('Write it as an escape sequence'),
};

function word(value: string | number | undefined): string {
  return String(value ?? '');
}
