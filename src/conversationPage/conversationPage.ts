import * as vscode from 'vscode';
import { chatKey, type ChatAddress, type MessageAddress } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';
import { commands } from '../contributions/commands';
import { runCommand } from '../contributions/runCommand';
import { readSaved } from '../conversation/pageGuards';
import type { Action, FromPage, Init, Saved, State, Viewed } from '../conversation/pageProtocol';
import type { RowKey } from '../conversation/rowViews';
import { Reader } from '../conversation/reader';
import type { Timeline } from '../conversation/timeline';
import { askDay } from '../ui/askDay';
import type { Day } from '../ui/days';
import { Beginning } from './beginning';
import { chatViewOf } from './chatView';
import type { ChatPlace, PageServices } from './pageServices';
import { FindInPage } from './findInPage';
import { Follower } from './follower';
import { askAddresses, readDay, readOne } from './goingTo';
import { openBeside } from './openBeside';
import { Outbox } from './outbox';
import { PageList } from './pageList';
import { PageNews } from './pageNews';
import type { PagePanel } from './pagePanel';
import { PageReading } from './pageReading';
import { stateOf } from './pageState';
import { pageStrings } from './pageTexts';

/** One page of a conversation: it reads what the page comes by, and tells it what anybody learned. */
export class ConversationPage implements vscode.Disposable {
  private readonly timeline: Timeline;
  private readonly list: PageList;
  private readonly reading: PageReading;
  private readonly follower: Follower;
  private readonly finder: FindInPage;
  private readonly outbox: Outbox;
  private readonly news: PageNews;
  private readonly beginning: Beginning;
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private faces: boolean;
  private comparing = false;
  /** What was looked at before both sides were compared. */
  private compared: Viewed = 'user';
  private selected: readonly RowKey[];
  private focused: RowKey | undefined;

  /** @param id names it among the pages of this window */
  constructor(
    readonly id: string,
    readonly place: ChatPlace,
    private readonly panel: PagePanel,
    saved: Saved | undefined,
    private readonly services: PageServices,
  ) {
    const { documents, connections, people, follow } = services;
    const { connectionId, chat } = place;
    this.faces = saved?.faces ?? false;
    this.selected = saved?.selected ?? [];
    const reader = new Reader(
      (signal) => connections.client(connectionId, { startSandbox: true, signal }),
      chat,
    );
    this.timeline = reader.timeline;
    this.list = new PageList(place, reader.timeline, documents, people(connectionId), panel);
    this.list.viewed = saved?.viewed ?? 'user';
    this.reading = new PageReading(reader, this.list, services, (others) => {
      this.news.tell(others);
      if (this.comparing) this.list.sendDifferences(true);
      this.sendState();
    });
    this.outbox = new Outbox(place, services);
    this.finder = new FindInPage({
      items: () => this.list.all,
      isWhole: () => this.list.isWhole,
      more: () => this.reading.more(),
      goTo: (key) => this.beginning.goTo(key),
      changed: () => this.sendState(),
    });
    this.follower = new Follower(
      follow,
      () => this.look(),
      () => this.panel.isReady && this.panel.isVisible,
    );
    const { environment } = chatViewOf(place, id, services);
    this.follower.on = saved?.follow ?? environment !== 'production';
    this.news = new PageNews(place, reader.timeline, this.list, services);
    this.beginning = new Beginning({
      ...{ place, panel, saved, list: this.list, reading: this.reading },
      first: () => this.first(),
      faces: () => this.faces,
      sendRest: () => {
        this.list.sendDifferences(this.comparing);
        this.sendState();
      },
    });
    this.subscriptions = [
      ...[this.reading, this.follower, this.finder, this.news, this.beginning],
      connections.onDidChange(() => this.panel.post(this.first())),
    ];
    void this.beginning.begin().then(() => {
      this.readChanges();
      void this.askName();
    });
  }

  /** Whether it shows this conversation, from whichever side. */
  shows(connectionId: string, chat: ChatAddress): boolean {
    return connectionId === this.place.connectionId && chatKey(chat) === chatKey(this.place.chat);
  }

  get isActive(): boolean {
    return this.panel.isActive;
  }

  /** The column that it is in view in, if it is. */
  get visibleColumn(): vscode.ViewColumn | undefined {
    return this.panel.isVisible ? this.panel.column : undefined;
  }

  get isFollowing(): boolean {
    return this.follower.on;
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** The message of a row. */
  message(key: RowKey): ChatMessage | undefined {
    return this.timeline.get(key)?.message;
  }

  /** The rows that a person selected, or this one alone if it is none of them. */
  selectedWith(key: RowKey): readonly RowKey[] {
    return this.selected.includes(key) ? this.selected : [key];
  }

  /** Looks for what is new. */
  look(): Promise<boolean> {
    return this.reading.run((reader, signal) => reader.newest(this.list.viewed, signal));
  }

  /**
   * Opens a message beside.
   *
   * @param preview whether the focus stays in the page
   */
  async open(key: RowKey, preview: boolean): Promise<void> {
    const message = this.message(key);
    if (!message || message.isGone === true) return;
    const { connectionId } = this.place;
    await openBeside(this.services.documents, this.panel, { connectionId, message, preview });
  }

  /** Shows one of these messages, and reads what stands around it. @throws NoticeError when the service shows none */
  async goTo(addresses: readonly MessageAddress[]): Promise<void> {
    const key = await readOne(this.reading, this.list, addresses);
    if (key !== undefined) this.beginning.goTo(key);
  }

  /** Shows the first message of a day, or the next after it. */
  async goToDay(day: Day): Promise<void> {
    const { key, notice } = await readDay(this.reading, this.list, day, this.place.chat);
    if (key !== undefined) this.beginning.goTo(key);
    if (notice !== undefined) void this.services.notices.showInfo(notice);
  }

  /** Carries out what a person asks of the whole page. */
  async act(action: Action): Promise<void> {
    switch (action) {
      case 'retry':
        return this.retry();
      case 'goToDate':
        return this.goToDay(await askDay());
      case 'goToMessage':
        return this.goTo(await askAddresses(this.place.chat));
      case 'compareSides':
        if (!this.comparing) this.compared = this.list.viewed;
        this.comparing = true;
        return this.view('both');
      case 'compareMore':
        await this.reading.more();
        return;
      case 'closeDifferences':
        this.comparing = false;
        return this.view(this.compared);
      case 'follow':
      case 'unfollow':
        this.follower.on = action === 'follow';
        this.sendState();
        if (action === 'follow') await this.look();
        return;
      case 'showFaces':
      case 'hideFaces':
        // The policy of the frame says what may be loaded, so the page is made anew.
        this.faces = action === 'showFaces';
        this.beginning.showFrame();
        return;
      case 'toEnd': {
        await this.look();
        const last = this.list.all.at(-1);
        if (last) this.beginning.goTo(last.key);
        return;
      }
      case 'newMessage':
        await runCommand(commands.messageNew, this.place);
        return;
      case 'addConnection':
        await runCommand(commands.connectionAdd);
    }
  }

  /** Shows where one types what is looked for. */
  openFind(): void {
    this.reveal();
    this.panel.post({ type: 'openFind' });
  }

  /** Something stands in the journal that did not. */
  readChanges(): void {
    this.news.readChanges();
  }

  /** Takes what the page says. */
  async handle(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready': {
        const saved = readSaved(message.saved);
        this.beginning.come(saved, message.saved === undefined);
        if (saved?.sending !== undefined) this.panel.post(await this.outbox.sent(saved.sending));
        return;
      }
      case 'want':
        if (message.version === this.list.version) this.list.sendRange(message.from, message.to);
        return;
      case 'fill':
        await this.reading.fill(message.gap, message.from);
        return;
      case 'view':
        return this.view(message.viewed);
      case 'select':
        this.selected = message.keys;
        this.focused = message.focused;
        return;
      case 'open':
        return this.open(message.key, message.preview);
      case 'jump':
        this.beginning.goTo(message.key);
        return;
      case 'copyAs': {
        const [first] = message.keys.flatMap((key) => this.message(key) ?? []);
        const { connectionId } = this.place;
        if (first) await runCommand(commands.copyAs, { connectionId, message: { address: first.address } });
        return;
      }
      case 'action':
        return this.act(message.action);
      case 'find':
        return this.finder.find(message.text);
      case 'findStep':
        return this.finder.step(message.step);
      case 'send':
        this.panel.post(await this.outbox.send(message, this.list.all));
        return;
      case 'failed':
        this.services.log.error(`Conversation page: ${message.message}`);
    }
  }

  dispose(): void {
    // What is under way may still have something to say, and there is nobody to hear it.
    this.panel.close();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async retry(): Promise<void> {
    // A person waits for it and can be asked, for a lost secret say.
    await this.services.connections.client(this.place.connectionId, { interactive: true });
    await (this.list.isEmpty ? this.beginning.again() : this.look());
  }

  private async view(viewed: Viewed): Promise<void> {
    if (this.place.chat.chat === 'group') return;
    this.list.viewed = viewed;
    if (viewed !== 'both') this.comparing = false;
    await this.look();
    this.beginning.sendList(this.focused);
  }

  /** A page that comes back before the tree does is called by its GroupId otherwise, for as long as nobody opens that. */
  private async askName(): Promise<void> {
    const { place, panel, services } = this;
    const { connectionId, chat } = place;
    if (chat.chat !== 'group') return;
    const isNew = await services.groupNames.ask(connectionId, chat).catch((error: unknown) => {
      services.log.warn(`get_group_info: ${String(error)}`);
      return false;
    });
    if (!isNew) return;
    const init = this.first();
    panel.entitle(init.chat.title);
    panel.post(init);
  }

  private first(): Init {
    const { place, id, services } = this;
    const chat = chatViewOf(place, id, services);
    return {
      ...{ type: 'init', strings: pageStrings(), locale: vscode.env.language },
      ...{ chat, state: this.state() },
    };
  }

  private state(): State {
    const isConnected = this.services.connections.get(this.place.connectionId) !== undefined;
    const { list, reading, follower, finder, outbox, faces } = this;
    return stateOf({ list, reading, follower, finder, outbox }, faces, isConnected);
  }

  private sendState(): void {
    this.panel.post({ type: 'state', state: this.state() });
  }
}
