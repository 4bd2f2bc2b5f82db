import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { parseUnsentUri } from '../documents/unsentUri';
import type { MessageFactsSource, PageFacts, UnsentFacts } from '../editor/pageFacts';
import { sendCalls } from '../outgoing/members';
import { outgoingOf, type Outgoing } from '../outgoing/outgoing';
import { summarize } from '../message/summary';
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
    },
    title: [vscode.l10n.t('New message'), receivers, text].filter((part) => part !== '').join(' · '),
  };
}
