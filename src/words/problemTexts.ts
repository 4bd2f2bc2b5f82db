import type { Problem, ProblemId } from '../message/checks';
import { syntaxText, typeName } from './jsonTexts';
import type { L10n } from './l10n';
import { kindNames, notationName, slipText } from './slipTexts';

type Values = Problem['values'];

/** A problem in the person's language. */
export function problemText({ id, values }: Pick<Problem, 'id' | 'values'>, l10n: L10n): string {
  return texts(l10n)[id](values);
}

const texts = (l10n: L10n): Readonly<Record<ProblemId, (values: Values) => string>> => ({
  jsonSyntax: ({ kind }) => syntaxText(l10n, word(kind)),
  jsonEmpty: () => l10n.t('The document is empty.'),
  jsonComment: () => l10n.t('JSON has no comments.'),
  jsonTrailingComma: () => l10n.t('JSON has no comma before a closing bracket.'),
  jsonSlip: ({ kind, count, mark }) => slipText(l10n, word(kind), Number(count), word(mark)),
  readAs: ({ kinds }) =>
    l10n.t('Read as it is meant, though it is not JSON: {0}.', kindNames(l10n, word(kinds))),
  notRead: ({ notation }) =>
    l10n.t(
      'The content is written in another notation ({0}), which is not read: only accounts and keys were looked for.',
      notationName(l10n, word(notation)),
    ),
  jsonTooDeep: ({ limit }) => l10n.t('Nested deeper than {0} levels.', number(l10n, limit)),
  duplicateKey: ({ key }) => l10n.t('{0} stands twice in one object; the last one counts.', word(key)),
  loneSurrogate: ({ code }) =>
    l10n.t('Half a character ({0}): UTF-8 cannot hold it, so it would arrive as another one.', word(code)),
  rootNotObject: ({ type }) =>
    l10n.t(
      'A message document is an object with MsgBody, CloudCustomData or both, not {0}.',
      typeName(l10n, type),
    ),
  rootIsElement: () => l10n.t('This is one element. A message has its elements in the array MsgBody.'),
  noMembers: () => l10n.t('Neither MsgBody nor CloudCustomData: there is nothing to modify.'),
  memberName: ({ name, expected }) =>
    l10n.t('{0} is written {1}; names are case-sensitive.', word(name), word(expected)),
  requestMember: ({ name }) =>
    l10n.t('{0} belongs to a request, not to the message; it is not sent from here.', word(name)),
  memberOfOtherCall: ({ name, call }) => l10n.t('{0} is not sent with {1}.', word(name), word(call)),
  memberIsWritten: ({ name }) =>
    l10n.t('{0} is chosen when the message is sent, so that it can be found again.', word(name)),
  requestMemberMissing: ({ name }) => l10n.t('The request has no {0}.', word(name)),
  requestMemberNotNumber: ({ name }) => l10n.t('{0} is a whole number below 2^32 (4294967296).', word(name)),
  msgKeyWrong: ({ key }) =>
    l10n.t('{0} is no MsgKey: it is MsgSeq_MsgRandom_MsgTimeStamp, three numbers.', word(key)),
  unknownMember: ({ name }) => l10n.t('A message has no {0}; it is not sent.', word(name)),
  toAccountNotString: ({ type }) =>
    l10n.t('To_Account is one UserID as a string, not {0}.', typeName(l10n, type)),
  msgBodyNotArray: ({ type }) => l10n.t('MsgBody is an array of elements, not {0}.', typeName(l10n, type)),
  msgBodyEmpty: () => l10n.t('MsgBody has no element.'),
  elementNotObject: ({ type }) =>
    l10n.t('An element is an object with MsgType and MsgContent, not {0}.', typeName(l10n, type)),
  sdkElement: () =>
    l10n.t('This is an element as an SDK has it. Here it is written with MsgType and MsgContent.'),
  sdkMessage: () =>
    l10n.t('This is a message as an SDK has it. A message document has MsgBody and CloudCustomData only.'),
  elementMemberName: ({ name, expected }) =>
    l10n.t('{0} is written {1}; names are case-sensitive.', word(name), word(expected)),
  msgTypeMissing: () => l10n.t('The element has no MsgType.'),
  msgTypeNotString: ({ type }) => l10n.t('MsgType is a string, not {0}.', typeName(l10n, type)),
  msgTypeUnknown: ({ msgType, suggestion }) =>
    suggestion === ''
      ? l10n.t('{0} is no MsgType.', word(msgType))
      : l10n.t('{0} is no MsgType. Is it {1}?', word(msgType), word(suggestion)),
  msgTypeClientOnly: ({ msgType }) =>
    l10n.t('{0} is made by the service for clients and cannot be sent.', word(msgType)),
  msgTypeRelay: ({ msgType }) =>
    l10n.t(
      '{0}: what its fields are is not documented; older pages do not list it as sendable.',
      word(msgType),
    ),
  msgContentMissing: ({ msgType }) => l10n.t('{0} has no MsgContent.', elementName(l10n, msgType)),
  msgContentNotObject: ({ type }) => l10n.t('MsgContent is an object, not {0}.', typeName(l10n, type)),
  fieldsBesideMsgType: ({ fields }) =>
    l10n.t('{0} stands beside MsgType and belongs into MsgContent.', word(fields)),
  unknownElementMember: ({ name }) => l10n.t('An element has no {0}.', word(name)),
  tooManyElements: ({ msgType, most }) =>
    l10n.t('A message has at most {0} element of the type {1}.', number(l10n, most), word(msgType)),
  fieldMissing: ({ field, msgType }) => l10n.t('{0} has no {1}.', elementName(l10n, msgType), word(field)),
  fieldLeftOut: ({ field, msgType }) =>
    l10n.t(
      '{0} has no {1}: the documentation asks for it, the service does without.',
      elementName(l10n, msgType),
      word(field),
    ),
  fieldsBesideList: ({ fields, list }) =>
    l10n.t('{0} belongs into an item of {1}.', word(fields), word(list)),
  oldSdkMedia: ({ msgType }) =>
    l10n.t('{0} of an old SDK, without address: it can be shown, but hardly be sent again.', word(msgType)),
  fieldType: ({ field, expected, actual }) =>
    l10n.t('{0} is {1}, not {2}.', word(field), typeName(l10n, expected), typeName(l10n, actual)),
  fieldIsJson: ({ field, actual }) =>
    l10n.t('{0} is a string that holds JSON, not {1} itself.', word(field), typeName(l10n, actual)),
  fieldName: ({ name, expected }) => l10n.t('{0} is written {1} here.', word(name), word(expected)),
  unknownField: ({ field, msgType }) =>
    l10n.t('{0} has no field {1}.', elementName(l10n, msgType), word(field)),
  fieldValue: ({ field, value, allowed }) =>
    l10n.t('{0} is one of {1}, not {2}.', word(field), word(allowed), word(value)),
  fieldRange: ({ field, value, min, max }) => rangeText(l10n, word(field), word(value), word(min), word(max)),
  cloudCustomDataNotString: ({ type }) =>
    l10n.t('CloudCustomData is a string, not {0}; JSON goes into it as text.', typeName(l10n, type)),
  messageTooLong: ({ bytes, limit }) =>
    l10n.t(
      'The values have {0} bytes in UTF-8; at most {1} are taken.',
      number(l10n, bytes),
      number(l10n, limit),
    ),
  jsonTooLong: ({ bytes, limit }) =>
    l10n.t(
      'The JSON has {0} bytes in UTF-8; at most {1} are taken.',
      number(l10n, bytes),
      number(l10n, limit),
    ),
});

function rangeText(l10n: L10n, field: string, value: string, min: string, max: string): string {
  if (min === '') return l10n.t('{0} is at most {1}, not {2}.', field, max, value);
  if (max === '') return l10n.t('{0} is at least {1}, not {2}.', field, min, value);
  return l10n.t('{0} lies between {1} and {2}: {3} does not.', field, min, max, value);
}

function elementName(l10n: L10n, msgType: string | number | undefined): string {
  return msgType === undefined || msgType === '' ? l10n.t('The element') : String(msgType);
}

function word(value: string | number | undefined): string {
  return String(value ?? '');
}

function number(l10n: L10n, value: string | number | undefined): string {
  return typeof value === 'number' ? value.toLocaleString(l10n.language) : word(value);
}
