import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { parseUnsentUri } from '../documents/unsentUri';
import type { MessageFactsSource, PageFacts, UnsentFacts } from '../editor/pageFacts';
import { sendCalls } from '../outgoing/members';
import { outgoingOf, type Outgoing } from '../outgoing/outgoing';
import { summarize } from '../message/summary';
import { MEMBERS } from '../message/document';
import { valueOfJson } from '../json/values';
import { plainText } from '../ui/plainText';
import { memberMeaning, wordMeaning } from './memberTexts';
import { receiversText } from './sendTexts';
import { openDocument } from '../ui/openDocument';

/** The facts of messages, and of those that are not sent yet: what their documents say. */
export function withUnsent(
  facts: MessageFactsSource,
  connection: (id: string) => Connection | undefined,
): MessageFactsSource {
  return {
    onDidChangeFacts: facts.onDidChangeFacts,
    facts: (uri): PageFacts | undefined => {
      const ref = parseUnsentUri(uri);
      if (!ref) return facts.facts(uri);
      const document = openDocument(uri);
      return factsOf(connection(ref.connectionId), outgoingOf(document?.getText() ?? ''));
    },
  };
}

function factsOf(connection: Connection | undefined, outgoing: Outgoing | undefined): UnsentFacts {
  const receivers = outgoing ? receiversText(outgoing) : '';
  const text = outgoing ? summarize(outgoing.content).text : '';
  return {
    connectionName: connection?.name ?? vscode.l10n.t('Removed connection'),
    environment: connection?.environment ?? 'production',
    readOnly: connection?.readOnly ?? false,
    unsent: {
      sender: outgoing?.from ?? connection?.administrator ?? '',
      receivers,
      call: outgoing ? sendCalls[outgoing.kind] : '',
      options: outgoing ? optionsOf(outgoing) : [],
    },
    title: [vscode.l10n.t('New message'), receivers, text].filter((part) => part !== '').join(' · '),
  };
}

/** Characters of a value that the header shows. */
const LONGEST_VALUE = 60;

/** What the header says elsewhere: who, whom, and the message itself. */
const SAID: readonly string[] = [...MEMBERS, 'From_Account', 'To_Account', 'GroupId', 'TopicId'];

function optionsOf({ members }: Outgoing): UnsentFacts['unsent']['options'] {
  const set = [...members].filter(([name]) => !SAID.includes(name));
  return set.map(([name, value]) => {
    const one = valueOfJson(value);
    const word = typeof one === 'string' || typeof one === 'number' ? wordMeaning(name, one) : '';
    return {
      name,
      value: plainText(value, LONGEST_VALUE),
      meaning: [memberMeaning(name), word].filter((part) => part !== '').join('\n'),
    };
  });
}
