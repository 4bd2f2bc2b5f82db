import * as vscode from 'vscode';
import { replaceInDocument } from '../documents/editDocument';
import { memberNode, nodeText, parseJson } from '../json/tree';
import { minify } from '../json/layout';
import { isRecord, valueOfJson } from '../json/values';
import { MEMBERS } from '../message/document';
import { withMember } from '../outgoing/editOutgoing';
import { isGroupKind, limitsOf, membersOf, sendCalls, WRITTEN, type SendKind } from '../outgoing/members';
import { kindOf } from '../outgoing/outgoing';
import { receiversTyped, typedReceivers } from '../outgoing/receivers';
import { NoticeError } from '../ui/noticeError';
import { askPick, askText, type Choice } from '../ui/wizard';
import { memberMeaning, wordMeaning } from './memberTexts';

/** What an answer makes of the text, which may have changed while the question stood there. */
type Change = (text: string) => string;

/** What is chosen first: the call, or one of its members. */
type Chosen = { readonly call: true } | { readonly name: string; readonly type: string };

/**
 * *Receivers and Options*: the call and its members with what they mean, one after the other until the person closes the
 * list. Each answer is one undoable edit of the document, which can be written in while a question stands there.
 *
 * @param flush brings what is typed into a page into its document
 * @param only the one member that is asked for
 */
export async function askOptions(
  uri: vscode.Uri,
  flush: (uri: vscode.Uri) => Promise<void>,
  only?: string,
): Promise<void> {
  const title = vscode.l10n.t('Receivers and Options');
  for (;;) {
    const text = await currentText(uri, flush);
    const { root, errors } = parseJson(text);
    if (root?.type !== 'object' || errors.length > 0)
      throw new NoticeError(vscode.l10n.t('The text is no JSON object. Mend it first.'));
    const kind = kindOf(root);
    const valueOf = (name: string): string | undefined => {
      const node = memberNode(root, name);
      return node && minify(nodeText(text, node));
    };
    const names = Object.entries(membersOf(kind)).filter(
      ([name]) => !WRITTEN.has(name) && !MEMBERS.some((member) => member === name),
    );
    const asked = names.find(([name]) => name === only);
    const chosen = asked
      ? { name: asked[0], type: asked[1] }
      : await askPick<Chosen>(title, {
          placeholder: vscode.l10n.t('What shall be another one? Esc ends'),
          choices: [
            {
              value: { call: true },
              label: vscode.l10n.t('Call'),
              description: sendCalls[kind],
              icon: 'zap',
            },
            ...names.map(([name, type]) => ({
              value: { name, type },
              label: name,
              description: valueOf(name) ?? '',
              detail: memberMeaning(name),
              icon: valueOf(name) === undefined ? 'blank' : 'check',
            })),
          ],
        });
    const change =
      'call' in chosen
        ? await askCall(kind)
        : withValue(chosen.name, await askValue({ ...chosen, kind, before: valueOf(chosen.name) }));
    await replaceInDocument(uri, change(await currentText(uri, flush)));
    if (asked) return;
  }
}

async function currentText(uri: vscode.Uri, flush: (uri: vscode.Uri) => Promise<void>): Promise<string> {
  await flush(uri);
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

function withValue(name: string, json: string | undefined): Change {
  return (text) => withMember(text, name, json);
}

/** The members that make a call the one it is. */
async function askCall(kind: SendKind): Promise<Change> {
  const isGroups = isGroupKind(kind);
  const kinds: readonly SendKind[] = isGroups
    ? ['send_group_msg', 'import_group_msg']
    : ['sendmsg', 'batchsendmsg', 'importmsg'];
  const chosen = await askPick<SendKind>(vscode.l10n.t('Call'), {
    placeholder: vscode.l10n.t('By which call is it sent?'),
    selected: kind,
    choices: kinds.map((one) => ({ value: one, label: sendCalls[one], detail: memberMeaning(one) })),
  });
  const now = String(Math.floor(Date.now() / 1000));
  const steps: readonly Change[] = isGroups
    ? [withValue('SendTime', chosen === 'import_group_msg' ? now : undefined)]
    : [
        withValue('SyncFromOldSystem', chosen === 'importmsg' ? '2' : undefined),
        withValue('MsgTimeStamp', chosen === 'importmsg' ? now : undefined),
        (text) => withMember(text, 'To_Account', receivers(text, chosen === 'batchsendmsg')),
      ];
  return (text) => (chosen === kind ? text : steps.reduce((before, step) => step(before), text));
}

/** The receivers as the call wants them: one, or a list. */
function receivers(text: string, asList: boolean): string {
  const value = valueOfJson(text);
  const to: unknown = isRecord(value) ? value.To_Account : undefined;
  const list: readonly unknown[] = Array.isArray(to) ? to : to === undefined ? [] : [to];
  return JSON.stringify(asList ? list : (list[0] ?? ''));
}

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly kind: SendKind;
  readonly before: string | undefined;
}

/** @returns the member's JSON text; undefined to leave it out */
async function askValue({ name, type, kind, before }: Asked): Promise<string | undefined> {
  const { values } = limitsOf(kind, name);
  const isList = type.startsWith('Array');
  if (values && !isList) {
    const none: Choice<string | undefined> = { value: undefined, label: vscode.l10n.t('Leave it out') };
    return askPick<string | undefined>(name, {
      placeholder: memberMeaning(name),
      selected: before,
      choices: [
        ...values.map((value) => ({
          value: JSON.stringify(value),
          label: String(value),
          description: wordMeaning(name, value),
        })),
        ...(type.endsWith('?') ? [none] : []),
      ],
    });
  }
  if (values) {
    const current: unknown = valueOfJson(before ?? '[]');
    const words: readonly unknown[] = Array.isArray(current) ? current : [];
    const word = await askPick(name, {
      placeholder: memberMeaning(name),
      choices: values.map((value) => ({
        value,
        label: String(value),
        description: wordMeaning(name, value),
        icon: words.includes(value) ? 'check' : 'blank',
      })),
    });
    const rest = words.includes(word) ? words.filter((one) => one !== word) : [...words, word];
    return rest.length === 0 ? undefined : JSON.stringify(rest);
  }
  if (name === 'To_Account') return askReceivers(isList, before);
  const isText = type.startsWith('String');
  const shown: unknown = isText ? valueOfJson(before ?? '""') : before;
  const typed = await askText(name, {
    prompt: memberMeaning(name),
    value: typeof shown === 'string' ? shown : '',
    validate: (text) =>
      isText || text === '' || valueOfJson(text) !== undefined
        ? undefined
        : vscode.l10n.t('The value is JSON, as in the text.'),
  });
  if (typed === '') return undefined;
  return isText ? JSON.stringify(typed) : typed;
}

async function askReceivers(isList: boolean, before: string | undefined): Promise<string | undefined> {
  const typed = await askText('To_Account', {
    prompt: isList
      ? vscode.l10n.t('UserIDs, with commas between them')
      : vscode.l10n.t('One UserID, or several with commas between them'),
    value: typedReceivers(valueOfJson(before ?? 'null')),
  });
  const names = receiversTyped(typed);
  if (names.length === 0) return undefined;
  return JSON.stringify(isList || names.length > 1 ? names : names[0]);
}
