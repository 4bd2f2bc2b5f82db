import { element } from '../dom';
import { Calls } from './calls';
import { Chats } from './chats';
import { ClockPanel, DataPanel } from './clockAndData';
import { askJson, listen } from './connection';
import { FaultPanel, SettingPanel } from './faultsAndSettings';
import './inspector.css';
import { chooseLanguage, l10n, language, type Language } from './l10n';
import { Webhooks } from './webhooks';
import { fill, locale, Notices, select } from './widgets';

/** Data that change without end are read this often, in milliseconds. */
const READ_EVERY_MS = 1000;

interface Info {
  readonly sdkAppId: number;
  readonly administrator: string;
}

/** One of the page's views. */
interface View {
  readonly id: string;
  readonly label: string;
  readonly root: HTMLElement;
  readonly shown: () => void;
}

/** The page, in the language that is chosen. */
class Inspector {
  private readonly notices = new Notices();
  private readonly chats = new Chats(this.notices);
  private readonly calls = new Calls(this.notices);
  private readonly webhooks = new Webhooks(this.notices);
  private readonly clock = new ClockPanel(this.notices);
  private readonly data = new DataPanel(this.notices, () => void this.refresh());
  private readonly faults = new FaultPanel(this.notices);
  private readonly settings = new SettingPanel(this.notices);
  private readonly state = element('span', { class: 'state', role: 'status' });
  private readonly app = element('span', { class: 'quiet' });
  private dataTimer: number | undefined;
  private readonly views: readonly View[];

  constructor() {
    const controls = element(
      'div',
      { class: 'panels' },
      ...[this.clock.root, this.data.root, this.faults.root, this.settings.root],
    );
    this.views = [
      { id: 'chats', label: l10n.t('Chats'), root: this.chats.root, shown: () => void this.chats.refresh() },
      { id: 'calls', label: l10n.t('Calls'), root: this.calls.root, shown: () => this.calls.shown() },
      { id: 'webhooks', label: l10n.t('Webhooks'), root: this.webhooks.root, shown: () => undefined },
      { id: 'controls', label: l10n.t('Controls'), root: controls, shown: () => void this.refreshState() },
    ];
  }

  /** Puts the page up. @param open the view that is shown */
  show(open: string): void {
    document.documentElement.lang = locale();
    const tabs = element('div', { role: 'tablist', 'aria-label': l10n.t('Views') });
    const panels = this.views.map((view) => {
      const tab = element('button', {
        ...{ type: 'button', role: 'tab', id: `tab-${view.id}`, 'aria-controls': `view-${view.id}` },
      });
      tab.textContent = view.label;
      tab.addEventListener('click', () => this.open(view.id));
      tabs.append(tab);
      view.root.id = `view-${view.id}`;
      view.root.setAttribute('role', 'tabpanel');
      view.root.setAttribute('aria-labelledby', `tab-${view.id}`);
      return view.root;
    });
    tabs.addEventListener('keydown', (event) => this.moveTab(event, tabs));
    const languages = select(
      [
        ['en', 'English'],
        ['zh', '中文'],
      ],
      language(),
    );
    languages.setAttribute('aria-label', 'Language, 语言');
    languages.addEventListener('change', () => {
      chooseLanguage(languages.value as Language);
      location.reload();
    });
    fill(
      document.body,
      element(
        'header',
        {},
        element('h1', {}, l10n.t('Tencent Cloud Chat Sandbox')),
        this.app,
        this.state,
        languages,
        tabs,
      ),
      this.notices.root,
      element('main', {}, ...panels),
    );
    this.open(open);
  }

  /** Reads everything. */
  async refresh(): Promise<void> {
    await Promise.all([
      this.chats.refresh(),
      this.calls.refresh(),
      this.webhooks.refresh(),
      this.refreshState(),
    ]);
    const { sdkAppId, administrator } = await askJson<Info>('GET', 'info');
    fill(this.app, `SDKAppID ${sdkAppId}, `, administrator);
  }

  /** Follows what happens. */
  follow(): void {
    void listen({
      onConnected: (connected) => {
        const text = connected ? l10n.t('Live') : l10n.t('Not connected');
        if (this.state.textContent !== text) this.state.textContent = text;
        this.state.classList.toggle('wrong', !connected);
        if (connected) void this.refresh().catch(() => undefined);
      },
      onNews: ({ calls, webhooks, data, state }) => {
        this.calls.add(calls);
        this.webhooks.add(webhooks);
        if (data) this.readDataSoon();
        if (state) void this.refreshState();
      },
    });
  }

  private async refreshState(): Promise<void> {
    await Promise.all([this.clock, this.data, this.faults, this.settings].map((panel) => panel.refresh()));
  }

  private readDataSoon(): void {
    this.dataTimer ??= setTimeout(() => {
      this.dataTimer = undefined;
      if (!this.chats.root.hidden) void this.chats.refresh();
    }, READ_EVERY_MS);
  }

  private open(id: string): void {
    for (const view of this.views) {
      const isOpen = view.id === id;
      view.root.hidden = !isOpen;
      const tab = document.getElementById(`tab-${view.id}`);
      tab?.setAttribute('aria-selected', String(isOpen));
      tab?.setAttribute('tabindex', isOpen ? '0' : '-1');
      if (isOpen) view.shown();
    }
  }

  private moveTab(event: KeyboardEvent, tabs: HTMLElement): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const all = [...tabs.children] as HTMLElement[];
    const at = all.findIndex((tab) => tab === document.activeElement);
    const next = all[(at + by + all.length) % all.length];
    next?.focus();
    next?.click();
  }
}

const inspector = new Inspector();
inspector.show('chats');
inspector.follow();
