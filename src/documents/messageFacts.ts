import * as vscode from 'vscode';
import { summarize } from '../message/summary';
import { contentOf, parseMessage } from '../message/document';
import { isConflict, isDraft, textOf, wasRecalled, type MessageDocument } from './messageDocument';
import { type MessageDocuments } from './messageDocuments';
import { messageUri, parseMessageUri, type MessageRef } from './messageRef';

/** The connection's part of the facts. */
export interface ConnectionFacts {
  readonly name: string;
  readonly environment: 'sandbox' | 'test' | 'production';
}

/** What a header shows of a message beside its content. */
export interface DocumentFacts {
  readonly connectionName: string;
  readonly environment: 'sandbox' | 'test' | 'production';
  readonly from: string;
  readonly to: string;
  readonly key: string;
  /** Unix seconds; undefined when the message was never seen. */
  readonly time: number | undefined;
  readonly recalled: boolean;
  readonly gone: boolean;
  readonly draft: boolean;
  readonly conflict: boolean;
  /** Sender, time and the beginning of the text, for the tab. */
  readonly title: string;
}

/** The facts of open messages, by the URI of their document. */
export class MessageFactsOfDocuments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChangeFacts = this.changed.event;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly connection: (id: string) => ConnectionFacts | undefined,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscription = documents.onDidChangeState((ref) => this.changed.fire(messageUri(ref)));
  }

  /** Undefined for a document that is no message of a connection; a message not read yet announces itself later. */
  facts(uri: vscode.Uri): DocumentFacts | undefined {
    const ref = parseMessageUri(uri);
    if (!ref) return undefined;
    const document = this.documents.peek(ref);
    if (!document) {
      this.documents.get(ref).then(() => this.changed.fire(uri), this.onFailure);
    }
    const connection = this.connection(ref.connectionId);
    return {
      connectionName: connection?.name ?? vscode.l10n.t('Removed connection'),
      environment: connection?.environment ?? 'production',
      from: ref.from,
      to: ref.to,
      key: ref.key,
      time: document?.facts?.time,
      recalled: document !== undefined && wasRecalled(document),
      gone: document?.gone ?? false,
      draft: document !== undefined && isDraft(document),
      conflict: document !== undefined && isConflict(document),
      title: titleOf(ref, document),
    };
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

/** A tab's title; the beginning of the text comes last, since tabs cut at the end. */
function titleOf(ref: MessageRef, document: MessageDocument | undefined): string {
  if (!document) return `${ref.from} → ${ref.to}`;
  const time = document.facts && new Date(document.facts.time * 1000);
  const content = contentOf(parseMessage(textOf(document))) ?? document.base;
  const { text } = summarize(content);
  return [ref.from, time && timeOfDay(time), text].filter(Boolean).join(' · ');
}

function timeOfDay(time: Date): string {
  return time.toLocaleString(vscode.env.language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
