import * as vscode from 'vscode';
import { summarize } from '../message/summary';
import { contentOf, parseMessage } from '../message/document';
import { onNewDay } from '../message/newDay';
import { isConflict, isDraft, isUnmerged, textOf, wasRecalled, type Knowledge } from './knowledge';
import { type MessageDocuments } from './messageDocuments';
import type { MessageAddress, MessageRef } from '../chat/address';
import { addressText } from '../ui/addressTexts';
import { shortTime } from '../ui/times';
import { messageUri, parseMessageUri } from './messageRef';

/** The connection's part of the facts. */
export interface ConnectionFacts {
  readonly name: string;
  readonly environment: 'sandbox' | 'test' | 'production';
  readonly readOnly: boolean;
}

/** Longest beginning of a text in a tab. */
const MOST_IN_TITLE = 24;

/** What a header shows of a message beside its content. */
export interface DocumentFacts {
  readonly connectionName: string;
  readonly environment: 'sandbox' | 'test' | 'production';
  readonly address: MessageAddress;
  /** Undefined while a group's message was not seen: its address does not name who wrote it. */
  readonly sender: string | undefined;
  /** Unix seconds; undefined when the message was never seen. */
  readonly time: number | undefined;
  readonly recalled: boolean;
  readonly gone: boolean;
  readonly draft: boolean;
  readonly conflict: boolean;
  /** The connection lets nobody modify a message. */
  readonly readOnly: boolean;
  /** The conflict is being merged by hand. */
  readonly unmerged: boolean;
  /** Sender, time and the beginning of the text, for the tab. */
  readonly title: string;
}

/** The facts of open messages, by the URI of their document. */
export class MessageFactsOfDocuments implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  readonly onDidChangeFacts = this.changed.event;

  constructor(
    private readonly documents: MessageDocuments,
    private readonly connection: (id: string) => ConnectionFacts | undefined,
    onDidChangeConnections: vscode.Event<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscriptions = [
      documents.onDidLearn((ref) => this.changed.fire(messageUri(ref))),
      onDidChangeConnections(() => this.changed.fire(undefined)),
      // A title tells the time alone of what was sent today.
      { dispose: onNewDay(() => this.changed.fire(undefined)) },
    ];
  }

  /** Undefined for a document that is no message of a connection; a message not read yet announces itself later. */
  facts(uri: vscode.Uri): DocumentFacts | undefined {
    const ref = parseMessageUri(uri);
    if (!ref) return undefined;
    const { address } = ref;
    const document = this.documents.peek(ref);
    if (!document) {
      this.documents.get(ref).then(() => this.changed.fire(uri), this.onFailure);
    }
    const connection = this.connection(ref.connectionId);
    return {
      connectionName: connection?.name ?? vscode.l10n.t('Removed connection'),
      environment: connection?.environment ?? 'production',
      address,
      sender: senderOf(address, document),
      // Of a group's message that was recalled before anybody here saw it, nobody knows when it was sent.
      time: document?.facts?.time === 0 ? undefined : document?.facts?.time,
      recalled: document !== undefined && wasRecalled(document),
      gone: document?.gone ?? false,
      draft: document !== undefined && isDraft(document),
      conflict: document !== undefined && isConflict(document),
      readOnly: connection?.readOnly ?? false,
      unmerged: document !== undefined && isUnmerged(document),
      title: titleOf(ref, document),
    };
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

function senderOf(address: MessageAddress, document: Knowledge | undefined): string | undefined {
  return address.chat === 'c2c' ? address.from : document?.facts?.sender;
}

/** A tab's title: short, and with the beginning of the text last, since tabs cut at the end. */
function titleOf(ref: MessageRef, document: Knowledge | undefined): string {
  if (!document) return addressText(ref.address);
  const time = document.facts?.time ?? 0;
  const content = contentOf(parseMessage(textOf(document))) ?? document.base;
  const { text } = summarize(content);
  const who = senderOf(ref.address, document) ?? addressText(ref.address);
  return [who, time > 0 && shortTime(time, Date.now() / 1000), beginning(text)].filter(Boolean).join(' · ');
}

function beginning(text: string): string {
  const characters = Array.from(text);
  return characters.length > MOST_IN_TITLE ? `${characters.slice(0, MOST_IN_TITLE).join('')}…` : text;
}
