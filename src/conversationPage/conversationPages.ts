import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import { chatOf, type ChatAddress, type MessageAddress } from '../chat/address';
import { readSaved } from '../conversation/pageGuards';
import type { Saved } from '../conversation/pageProtocol';
import type { InboxEvent } from '../inbox/webhookInbox';
import type { MessageNode } from '../views/conversations/nodes/nodes';
import { ConversationPage } from './conversationPage';
import { newPanel, PagePanel } from './pagePanel';
import type { ChatPlace, PageServices } from './pageServices';

/** The pages of conversations of this window. */
export class ConversationPages implements vscode.Disposable {
  private readonly pages = new Map<string, ConversationPage>();
  private heardUpTo: number | undefined;

  constructor(private readonly services: PageServices) {}

  /**
   * Shows a conversation beside what is in view, or among the pages of conversations if one is in view, or the page
   * that shows it already, at a message if one is named.
   */
  async show(place: ChatPlace, address?: MessageAddress): Promise<ConversationPage> {
    await this.prepare();
    const open = [...this.pages.values()].find(
      (page) => page.shows(place.connectionId, place.chat) && page.place.user === place.user,
    );
    open?.reveal();
    const page = open ?? this.add(place, newPanel(this.column));
    if (address) await page.goTo([address]);
    return page;
  }

  /** Fills a panel that VS Code brought back after a restart. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = readSaved(state);
    if (!saved) {
      panel.dispose();
      return;
    }
    await this.prepare();
    const { connectionId, chat, user } = saved;
    this.add({ connectionId, chat, user }, panel, saved);
  }

  /** Where pages of conversations are in view: one after another would else take a column each. */
  private get column(): vscode.ViewColumn | undefined {
    return [...this.pages.values()].flatMap(({ visibleColumn }) => visibleColumn ?? []).at(0);
  }

  /** The page that has the focus. */
  get active(): ConversationPage | undefined {
    return [...this.pages.values()].find(({ isActive }) => isActive);
  }

  /** Conversations have messages more. */
  arrived(connectionId: string, chats: readonly ChatAddress[]): void {
    for (const page of this.pages.values())
      if (chats.some((chat) => page.shows(connectionId, chat))) void page.look();
  }

  /** Webhooks came: whoever follows a conversation that they are about looks at once. @param events newest first */
  heard(events: readonly InboxEvent[]): void {
    const before = this.heardUpTo ?? Infinity;
    this.heardUpTo = events[0]?.received.number ?? 0;
    const fresh = events.filter(({ received }) => received.number > before);
    const chats = fresh.flatMap(({ digest }) => digest.addresses.map(chatOf));
    for (const page of this.pages.values()) {
      const { connectionId } = page.place;
      if (page.isFollowing && chats.some((chat) => page.shows(connectionId, chat))) void page.look();
    }
  }

  /** The journal has something that it had not. */
  journalChanged(): void {
    for (const page of this.pages.values()) page.readChanges();
  }

  /** Opens the message of a row beside its page. */
  async open(id: string): Promise<void> {
    const [page, key] = this.find(id);
    await page?.open(key, false);
  }

  /** A row of a page as a row of the tree. @param id `panel key`, as menus name it */
  node(id: string): MessageNode | undefined {
    const [page, key] = this.find(id);
    const message = page?.message(key);
    return page && message && { ...page.place, kind: 'message', id, message };
  }

  /** The ids of what is selected, if this row is a part of that. */
  together(id: string): readonly string[] {
    const [page, key] = this.find(id);
    return page ? page.selectedWith(key).map((one) => `${page.id} ${one}`) : [id];
  }

  dispose(): void {
    for (const page of this.pages.values()) page.dispose();
  }

  /** What a connection is called stands in their list, whatever keeps a sandbox from being used. */
  private async prepare(): Promise<void> {
    const { connections, log } = this.services;
    await connections.prepare().catch((error: unknown) => log.error(error));
  }

  private find(id: string): [ConversationPage | undefined, string] {
    const end = id.indexOf(' ');
    return [this.pages.get(id.slice(0, end)), id.slice(end + 1)];
  }

  private add(place: ChatPlace, panel: vscode.WebviewPanel, saved?: Saved): ConversationPage {
    const { services } = this;
    const id = randomBytes(6).toString('hex');
    const shown = new PagePanel(panel, services.files);
    const page = new ConversationPage(id, place, shown, saved, services);
    this.pages.set(id, page);
    const listening = shown.listen((message) => {
      if (!message) {
        services.log.warn('The page of a conversation sent something that is no message.');
        return;
      }
      page.handle(message).catch((error: unknown) => {
        void services.notices.showError(error, { subject: { connectionId: place.connectionId } });
      });
    });
    panel.onDidDispose(() => {
      this.pages.delete(id);
      listening.dispose();
      page.dispose();
    });
    return page;
  }
}
