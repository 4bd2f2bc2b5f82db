import * as vscode from 'vscode';
import type { ChatAddress, MessageAddress } from '../chat/address';
import { CONVERSATION_PAGE } from '../contributions/ids';
import { readSaved } from '../conversation/pageGuards';
import type { Saved } from '../conversation/pageProtocol';
import { chatText } from '../ui/addressTexts';
import { titlePanel } from '../ui/titles';
import type { MessageNode } from '../views/conversations/nodes/nodes';
import { ConversationPage, type ChatPlace, type PageServices } from './conversationPage';

/** The pages of conversations of this window. */
export class ConversationPages implements vscode.Disposable {
  private readonly pages = new Map<string, ConversationPage>();

  constructor(private readonly services: PageServices) {}

  /** Shows a conversation beside what is in view, or the page that shows it already, at a message if one is named. */
  async show(place: ChatPlace, address?: MessageAddress): Promise<void> {
    await this.services.connections.prepare().catch((error: unknown) => this.services.log.error(error));
    const open = [...this.pages.values()].find(
      (page) => page.shows(place.connectionId, place.chat) && page.place.user === place.user,
    );
    open?.reveal();
    const page = open ?? this.add(place, newPanel(chatText(place.chat)));
    if (address) await page.goTo(address);
  }

  /** Fills a panel that VS Code brought back after a restart. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = readSaved(state);
    if (!saved) {
      panel.dispose();
      return;
    }
    // What the connection is called stands in the list of connections, whatever keeps a sandbox from being used.
    await this.services.connections.prepare().catch((error: unknown) => this.services.log.error(error));
    const { connectionId, chat, user } = saved;
    this.add({ connectionId, chat, user }, panel, saved);
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

  private find(id: string): [ConversationPage | undefined, string] {
    const end = id.indexOf(' ');
    return [this.pages.get(id.slice(0, end)), id.slice(end + 1)];
  }

  private add(place: ChatPlace, panel: vscode.WebviewPanel, saved?: Saved): ConversationPage {
    const page = new ConversationPage(place, panel, saved, this.services);
    this.pages.set(page.id, page);
    panel.onDidDispose(() => {
      this.pages.delete(page.id);
      page.dispose();
    });
    return page;
  }
}

function newPanel(title: string): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(CONVERSATION_PAGE, '', vscode.ViewColumn.Beside);
  titlePanel(panel, title);
  return panel;
}
