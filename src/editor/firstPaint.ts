import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { MessageAddress } from '../chat/address';
import type { MessageContent } from '../chat/chatMessage';
import { contentOf, parseMessage } from '../message/document';
import { previewOf, pushText } from '../message/preview';
import { copyKeyTitle, keyOf, keyText } from '../ui/addressTexts';
import { wordsLanguage } from '../ui/language';
import { MESSAGE_LIMIT, messageBytes } from '../message/size';
import type { EditorSettings, FactsView, Meter, PreviewView, ToPage } from '../protocol';
import type { DocumentSession } from './documentSession';
import type { MessageFacts, PageFacts, UnsentFacts } from './pageFacts';
import { editorPhrases, environmentLabel, pageStrings, people } from './pageTexts';
import { toolbarItems } from './toolbar';

type Message<T extends ToPage['type']> = Extract<ToPage, { type: T }>;

/** How the person likes the page. */
export interface Remembered {
  /** Share of the first editor, between 0 and 1. */
  readonly split: number;
  readonly showPreview: boolean;
}

/** What a page has to be told before a person can use it, in this order. */
export type FirstMessages = readonly [Message<'init'>, Message<'panes'>, Message<'facts'>];

export function firstMessages(
  session: DocumentSession,
  facts: PageFacts | undefined,
  settings: EditorSettings,
  { split, showPreview }: Remembered,
): FirstMessages {
  const init: Message<'init'> = {
    type: 'init',
    strings: pageStrings(),
    phrases: editorPhrases(),
    environment: { locale: vscode.env.language },
    settings,
    split,
    showPreview,
  };
  return [init, { type: 'panes', panes: session.snapshots() }, factsMessage(session, facts)];
}

/** What the header, the toolbar and the preview show of a message. */
export function factsMessage(session: DocumentSession, facts: PageFacts | undefined): Message<'facts'> {
  const content = contentOf(parseMessage(session.text));
  return {
    type: 'facts',
    ...(facts ? { facts: 'unsent' in facts ? unsentView(facts) : factsView(facts) } : {}),
    ...(content ? readable(content) : {}),
    toolbar: toolbarItems(facts, session.document.isDirty),
  };
}

/** What can be said of a message whose text can be read. */
function readable(content: MessageContent): { meter: Meter; preview: PreviewView } {
  const push = pushText(content, wordsLanguage());
  return {
    meter: { bytes: messageBytes(content), limit: MESSAGE_LIMIT },
    preview: { parts: previewOf(content, wordsLanguage()).parts, ...(push === undefined ? {} : { push }) },
  };
}

/** A MsgKey says what it is by its looks; a number does not. */
function keyView(address: MessageAddress): FactsView['key'] {
  const { name, text } = keyOf(address);
  return { name, text: name === 'MsgKey' ? text : keyText(address), copy: copyKeyTitle(address) };
}

function factsView(facts: MessageFacts): FactsView {
  const { connectionName, environment, address, sender, time, recalled, gone, draft, conflict } = facts;
  const { readOnly, unmerged } = facts;
  return {
    connectionName,
    environment,
    people: people(address, sender),
    ...(sender !== undefined && { sender }),
    key: keyView(address),
    recalled,
    draft,
    conflict,
    readOnly,
    unmerged,
    environmentLabel: environmentLabel(environment),
    gone: gone === true,
    ...(time === undefined ? {} : { time }),
  };
}

function unsentView({ connectionName, environment, readOnly, unsent }: UnsentFacts): FactsView {
  const { sender, receivers, call, options } = unsent;
  return {
    connectionName,
    environment,
    environmentLabel: environmentLabel(environment),
    readOnly,
    people: [
      { role: l10n.t('Sender'), name: sender },
      { role: l10n.t('Receiver'), name: receivers },
    ],
    key: { name: l10n.t('Call'), text: call, copy: l10n.t('Copy Name of the Call') },
    options,
    recalled: false,
    gone: false,
    draft: false,
    conflict: false,
    unmerged: false,
  };
}
