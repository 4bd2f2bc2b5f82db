import * as vscode from 'vscode';
import type { Problem, ProblemId } from '../message/check';
import { syntaxText, typeName } from './jsonTexts';

type Values = Problem['values'];

/** A problem in the person's language. */
export function problemText({ id, values }: Pick<Problem, 'id' | 'values'>): string {
  return texts[id](values);
}

const texts: Readonly<Record<ProblemId, (values: Values) => string>> = {
  jsonSyntax: ({ kind }) => syntaxText(word(kind)),
  jsonEmpty: () => vscode.l10n.t('The document is empty.'),
  jsonComment: () => vscode.l10n.t('JSON has no comments.'),
  jsonTrailingComma: () => vscode.l10n.t('JSON has no comma before a closing bracket.'),
  jsonTooDeep: ({ limit }) => vscode.l10n.t('Nested deeper than {0} levels.', number(limit)),
  duplicateKey: ({ key }) => vscode.l10n.t('{0} stands twice in one object; the last one counts.', word(key)),
  loneSurrogate: ({ code }) =>
    vscode.l10n.t(
      'Half a character ({0}): UTF-8 cannot hold it, so it would arrive as another one.',
      word(code),
    ),
  rootNotObject: ({ type }) =>
    vscode.l10n.t(
      'A message document is an object with MsgBody, CloudCustomData or both, not {0}.',
      typeName(type),
    ),
  rootIsElement: () => vscode.l10n.t('This is one element. A message has its elements in the array MsgBody.'),
  noMembers: () => vscode.l10n.t('Neither MsgBody nor CloudCustomData: there is nothing to modify.'),
  memberName: ({ name, expected }) =>
    vscode.l10n.t('{0} is written {1}; names are case-sensitive.', word(name), word(expected)),
  requestMember: ({ name }) =>
    vscode.l10n.t('{0} belongs to a request, not to the message; it is not sent from here.', word(name)),
  requestMemberMissing: ({ name }) => vscode.l10n.t('The request has no {0}.', word(name)),
  requestMemberNotNumber: ({ name }) =>
    vscode.l10n.t('{0} is a whole number below 2^32 (4294967296).', word(name)),
  msgKeyWrong: ({ key }) =>
    vscode.l10n.t('{0} is no MsgKey: it is MsgSeq_MsgRandom_MsgTimeStamp, three numbers.', word(key)),
  unknownMember: ({ name }) => vscode.l10n.t('A message has no {0}; it is not sent.', word(name)),
  toAccountNotString: ({ type }) =>
    vscode.l10n.t('To_Account is one UserID as a string, not {0}.', typeName(type)),
  msgBodyNotArray: ({ type }) => vscode.l10n.t('MsgBody is an array of elements, not {0}.', typeName(type)),
  msgBodyEmpty: () => vscode.l10n.t('MsgBody has no element.'),
  elementNotObject: ({ type }) =>
    vscode.l10n.t('An element is an object with MsgType and MsgContent, not {0}.', typeName(type)),
  sdkElement: () =>
    vscode.l10n.t('This is an element as an SDK has it. Here it is written with MsgType and MsgContent.'),
  sdkMessage: () =>
    vscode.l10n.t(
      'This is a message as an SDK has it. A message document has MsgBody and CloudCustomData only.',
    ),
  elementMemberName: ({ name, expected }) =>
    vscode.l10n.t('{0} is written {1}; names are case-sensitive.', word(name), word(expected)),
  msgTypeMissing: () => vscode.l10n.t('The element has no MsgType.'),
  msgTypeNotString: ({ type }) => vscode.l10n.t('MsgType is a string, not {0}.', typeName(type)),
  msgTypeUnknown: ({ msgType, suggestion }) =>
    suggestion === ''
      ? vscode.l10n.t('{0} is no MsgType.', word(msgType))
      : vscode.l10n.t('{0} is no MsgType. Is it {1}?', word(msgType), word(suggestion)),
  msgTypeClientOnly: ({ msgType }) =>
    vscode.l10n.t('{0} is made by the service for clients and cannot be sent.', word(msgType)),
  msgTypeRelay: ({ msgType }) =>
    vscode.l10n.t(
      '{0}: what its fields are is not documented; older pages do not list it as sendable.',
      word(msgType),
    ),
  msgContentMissing: ({ msgType }) => vscode.l10n.t('{0} has no MsgContent.', elementName(msgType)),
  msgContentNotObject: ({ type }) => vscode.l10n.t('MsgContent is an object, not {0}.', typeName(type)),
  fieldsBesideMsgType: ({ fields }) =>
    vscode.l10n.t('{0} stands beside MsgType and belongs into MsgContent.', word(fields)),
  unknownElementMember: ({ name }) => vscode.l10n.t('An element has no {0}.', word(name)),
  tooManyElements: ({ msgType, most }) =>
    vscode.l10n.t('A message has at most {0} element of the type {1}.', number(most), word(msgType)),
  fieldMissing: ({ field, msgType }) => vscode.l10n.t('{0} has no {1}.', elementName(msgType), word(field)),
  fieldLeftOut: ({ field, msgType }) =>
    vscode.l10n.t(
      '{0} has no {1}: the documentation asks for it, the service does without.',
      elementName(msgType),
      word(field),
    ),
  fieldsBesideList: ({ fields, list }) =>
    vscode.l10n.t('{0} belongs into an item of {1}.', word(fields), word(list)),
  oldSdkMedia: ({ msgType }) =>
    vscode.l10n.t(
      '{0} of an old SDK, without address: it can be shown, but hardly be sent again.',
      word(msgType),
    ),
  fieldType: ({ field, expected, actual }) =>
    vscode.l10n.t('{0} is {1}, not {2}.', word(field), typeName(expected), typeName(actual)),
  fieldIsJson: ({ field, actual }) =>
    vscode.l10n.t('{0} is a string that holds JSON, not {1} itself.', word(field), typeName(actual)),
  fieldName: ({ name, expected }) => vscode.l10n.t('{0} is written {1} here.', word(name), word(expected)),
  unknownField: ({ field, msgType }) =>
    vscode.l10n.t('{0} has no field {1}.', elementName(msgType), word(field)),
  fieldValue: ({ field, value, allowed }) =>
    vscode.l10n.t('{0} is one of {1}, not {2}.', word(field), word(allowed), word(value)),
  fieldRange: ({ field, value, min, max }) => rangeText(word(field), word(value), word(min), word(max)),
  cloudCustomDataNotString: ({ type }) =>
    vscode.l10n.t('CloudCustomData is a string, not {0}; JSON goes into it as text.', typeName(type)),
  messageTooLong: ({ bytes, limit }) =>
    vscode.l10n.t('The values have {0} bytes in UTF-8; at most {1} are taken.', number(bytes), number(limit)),
  jsonTooLong: ({ bytes, limit }) =>
    vscode.l10n.t('The JSON has {0} bytes in UTF-8; at most {1} are taken.', number(bytes), number(limit)),
};

function rangeText(field: string, value: string, min: string, max: string): string {
  if (min === '') return vscode.l10n.t('{0} is at most {1}, not {2}.', field, max, value);
  if (max === '') return vscode.l10n.t('{0} is at least {1}, not {2}.', field, min, value);
  return vscode.l10n.t('{0} lies between {1} and {2}: {3} does not.', field, min, max, value);
}

function elementName(msgType: string | number | undefined): string {
  return msgType === undefined || msgType === '' ? vscode.l10n.t('The element') : String(msgType);
}

function word(value: string | number | undefined): string {
  return String(value ?? '');
}

function number(value: string | number | undefined): string {
  return typeof value === 'number' ? value.toLocaleString(vscode.env.language) : word(value);
}
