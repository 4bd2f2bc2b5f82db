import * as vscode from 'vscode';
import { refKey, type MessageRef } from '../chat/address';
import { contextKeys, setContext } from '../contributions/contextKeys';
import { messageOfTab } from './activeMessage';
import { changesUri } from './changesUri';
import { isDraft } from './knowledge';
import type { MessageDocuments } from './messageDocuments';
import type { ConnectionFacts } from './messageFacts';
import { messageUri } from './messageRef';

type Mark = 'drafts' | 'readOnly';

/** Tells menus which of the messages in editors have a draft, and which may not be modified. */
export class EditorMarks implements vscode.Disposable {
  private readonly told = { drafts: '[]', readOnly: '[]' };
  private shown: ReadonlyMap<string, MessageRef> = new Map();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(
    private readonly documents: MessageDocuments,
    private readonly connection: (id: string) => ConnectionFacts | undefined,
    onDidChangeConnections: vscode.Event<unknown>,
  ) {
    this.subscriptions = [
      // A plan learns thousands of things of messages that nobody looks at.
      documents.onDidLearn((ref) => {
        if (this.shown.has(refKey(ref))) this.update();
      }),
      onDidChangeConnections(() => this.update()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.look()),
    ];
    this.look();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private look(): void {
    const refs = new Map<string, MessageRef>();
    for (const { tabs } of vscode.window.tabGroups.all) {
      for (const tab of tabs) {
        const ref = messageOfTab(tab)?.ref;
        if (ref) refs.set(refKey(ref), ref);
      }
    }
    this.shown = refs;
    this.update();
  }

  private update(): void {
    const shown = [...this.shown.values()];
    this.mark('drafts', shown, (ref) => {
      const document = this.documents.peek(ref);
      return document !== undefined && isDraft(document);
    });
    this.mark('readOnly', shown, ({ connectionId }) => this.connection(connectionId)?.readOnly === true);
  }

  /** Names both the message's own document and the one in which its change is read. */
  private mark(mark: Mark, refs: readonly MessageRef[], fits: (ref: MessageRef) => boolean): void {
    const uris = refs
      .filter(fits)
      .flatMap((ref) => [messageUri(ref), changesUri(ref, { side: 'draft' })].map((uri) => uri.toString()));
    const text = JSON.stringify(uris);
    if (text === this.told[mark]) return;
    this.told[mark] = text;
    void setContext(contextKeys[mark], uris);
  }
}
