import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { BrowserContext, Locator } from 'playwright-core';
import type { ToPage } from '../../src/conversation/pageProtocol';
import type { GapRow, MessageRow, RowView } from '../../src/conversation/rowViews';
import { launchBrowser } from '../support/browser.mjs';
import { eventually } from '../support/eventually';
import { ConversationHost, messageRow, text } from '../support/ui/conversationHost';

const gap = (where: GapRow['where'], state: GapRow['state'] = 'idle', error?: string): GapRow => ({
  ...{ kind: 'gap', key: where, where, state },
  ...(error !== undefined && { error }),
});
/** Messages of different heights. */
const messages = (from: number, to: number): MessageRow[] =>
  Array.from({ length: to - from }, (_, index) =>
    messageRow(from + index, [text(`message ${from + index} ${'word '.repeat((from + index) % 40)}`)]),
  );
/** What a field of a stranger may hold. */
const HOSTILE =
  '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e"\'`${1}{0}&lt;';

/** The page in a plain browser; VS Code is not needed. */
describe('the page of a conversation', function () {
  this.timeout(360_000);
  let folder: string;
  let browser: BrowserContext;
  let host: ConversationHost;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'conversation-page-'));
    browser = await launchBrowser({ profile: folder });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await host.page.close();
    assert.deepEqual(host.problems, [], 'nothing goes wrong in the page, and nothing is loaded');
  });

  const open = async (
    rows: readonly RowView[],
    more: Partial<Parameters<typeof ConversationHost.open>[1]> = {},
  ) => {
    host = await ConversationHost.open(browser, { rows, ...more });
    await host.page.locator('article').first().waitFor();
  };
  const row = (number: number) => host.page.locator('article', { hasText: `message ${number} ` });
  /** Pixels between the top of the messages and that of one of them. */
  const placeOf = async (number: number): Promise<number> => {
    const [own, list] = await Promise.all([
      row(number).boundingBox(),
      host.page.locator('.scroll').boundingBox(),
    ]);
    assert.ok(own && list, `message ${number} is shown`);
    return own.y - list.y;
  };
  /** The same two frames later, when what came is drawn. */
  const drawn = (): Promise<unknown> =>
    host.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const scrollBy = async (pixels: number): Promise<void> => {
    await host.page.evaluate(`document.querySelector('.scroll').scrollTop += ${pixels}`);
    await drawn();
  };
  const focused = (number: number): Promise<void> =>
    host.page.locator('article:focus', { hasText: `message ${number} ` }).waitFor();
  /** The middle one of the messages that are seen, once what they say has come. */
  const inTheMiddle = (): Promise<number> =>
    eventually(async () => {
      const found = await host.page.evaluate<string>(
        `document.elementsFromPoint(200, 300).find((one) => one.matches('article'))?.textContent ?? ''`,
      );
      const number = /message (\d+)/.exec(found)?.[1];
      return number === undefined ? undefined : Number(number);
    }, 'a message in the middle');
  /** The place of a message, once it does not move: what is asked of the host comes after what is drawn first. */
  const placeAtRest = async (number: number): Promise<number> => {
    let before = await placeOf(number);
    await eventually(async () => {
      await host.page.waitForTimeout(100);
      await drawn();
      const now = await placeOf(number);
      const isAtRest = now === before;
      before = now;
      return isAtRest;
    }, `message ${number} at rest`);
    return before;
  };

  it('begins at the newest message and asks for older ones when one comes near them', async () => {
    await open([gap('older'), ...messages(100, 160)]);
    await row(159).waitFor();
    assert.equal(
      await host.page.getByRole('feed').getByRole('article').last().getAttribute('aria-posinset'),
      '61',
    );
    assert.deepEqual(
      host.said.filter(({ type }) => type === 'fill'),
      [],
    );
    await host.page.locator('.scroll').focus();
    await host.page.keyboard.press('Home');
    const { gap: wanted, from } = await host.heard('fill');
    assert.deepEqual([wanted, from], ['older', 'below']);
  });

  it('begins with what its frame holds, and with nothing of it where an earlier page kept its place', async () => {
    await open(messages(0, 300), { framed: 40 });
    // Painted as it starts, without a word of the host.
    await row(299).waitFor();
    await host.page.getByRole('feed').getByText('Alice of the frame').first().waitFor();
    // The rest is asked for as any other row.
    await host.heard('want', ({ from, to }) => from <= 200 && to >= 260);
    await host.come(0, ...messages(300, 302));
    await row(301).waitFor();
    await host.page.close();
    const kept = {
      ...{ version: 1, connectionId: 'c1', chat: { chat: 'c2c', user: 'alice', peer: 'bob' } },
      ...{ viewed: 'user', follow: false, faces: false, selected: [] },
    };
    host = await ConversationHost.open(browser, { rows: messages(0, 90), framed: 90, kept });
    await row(89).waitFor();
    assert.equal(await host.page.getByText('Alice of the frame').count(), 0, 'an old frame');
  });

  it('keeps what is read in its place, whatever is added above, below and in it', async () => {
    await open([gap('older'), ...messages(100, 200)]);
    await row(199).waitFor();
    await scrollBy(-2600);
    const number = await inTheMiddle();
    const before = await placeAtRest(number);
    const stays = async (what: string): Promise<void> => {
      await drawn();
      const now = await placeOf(number);
      assert.ok(Math.abs(now - before) < 1.5, `${what}: from ${before} to ${now}`);
    };
    await host.splice(1, 0, ...messages(60, 100));
    await stays('older ones');
    await host.come(0, ...messages(200, 210));
    await stays('newer ones');
    await host.page.getByRole('button', { name: '10 new messages' }).waitFor();
    // Far above: what was there says more now.
    const changed = host.rows.find(({ key }) => key === 'm104') as MessageRow;
    await host.change({ ...changed, parts: messageRow(104, [text('longer '.repeat(300))]).parts });
    await stays('a longer one above');
    await host.tell({ type: 'people', people: [{ id: 'alice', nick: 'Alice Liddell' }] });
    await stays('a name');
    await host.splice(1, 5);
    await stays('fewer');
    await host.tell({ type: 'list', version: host.version, count: host.rows.length });
    await row(number).waitFor();
    await stays('the same list again');
    await host.page.getByRole('button', { name: '10 new messages' }).click();
    await row(209).waitFor();
    await host.page.getByRole('button', { name: 'new messages' }).waitFor({ state: 'hidden' });
    await host.come(0, ...messages(210, 212));
    await row(211).waitFor();
    // Of one second what comes later may stand above what came before.
    await scrollBy(-2600);
    const second = { time: messageRow(212, []).time };
    await host.come(0, messageRow(212, [text('message 212 ')], second));
    await host.page.getByRole('button', { name: '1 new messages' }).waitFor();
    await host.come(1, messageRow(213, [text('message 213 ')], second));
    await host.page.getByRole('button', { name: '2 new messages' }).waitFor();
    // What is missing is read at the moment at which something comes.
    await host.put({ at: host.rows.length - 3, removed: 3, inserted: messages(210, 240), newer: 1 });
    await host.page.getByRole('button', { name: '3 new messages' }).waitFor();
  });

  it('leaves what was selected of a text selected when a message comes, and its rows are told again', async () => {
    await open(messages(0, 30));
    await row(29).waitFor();
    await host.tell({ type: 'people', people: [{ id: 'alice', nick: 'Alice Liddell' }] });
    await row(28).getByText('Alice Liddell').waitFor();
    const selected = (): Promise<string> => host.page.evaluate<string>('String(getSelection())');
    await row(28).getByText('message 28').selectText();
    const before = await selected();
    assert.match(before, /message 28/);
    await host.come(0, ...messages(30, 31));
    await host.tell({ type: 'rows', version: host.version, at: 0, rows: structuredClone(host.rows) });
    await host.tell({ type: 'people', people: [{ id: 'alice', nick: 'Alice Liddell' }] });
    await row(30).waitFor();
    await drawn();
    assert.equal(await selected(), before);
    await host.tell({ type: 'people', people: [{ id: 'alice', nick: 'Alice' }] });
    await row(28).getByText('Alice', { exact: true }).waitFor();
  });

  it('leaves the focus in the list of differences when the same are told again', async () => {
    await open(messages(0, 10));
    await row(9).waitFor();
    const item = { onlyOn: 'user', sender: 'alice', time: 1_760_000_000 } as const;
    const one = { ...item, key: 'm6', summary: 'one' };
    const two = { ...item, key: 'm7', summary: 'two' };
    await host.tell({ type: 'differences', complete: false, items: [one, two] });
    await host.page.locator('.differences li button', { hasText: 'two' }).focus();
    await host.tell({ type: 'differences', complete: false, items: [{ ...one }, { ...two }] });
    await drawn();
    await host.page.locator('.differences button:focus', { hasText: 'two' }).waitFor();
    await host.tell({ type: 'differences', complete: true, items: [one] });
    await host.page.getByText('two').waitFor({ state: 'detached' });
    assert.equal(await host.page.locator('.differences li').count(), 1);
  });

  it('covers what is seen at every step through 10,000 messages, and keeps few of them', async () => {
    await open(messages(0, 10_000));
    await row(9999).waitFor();
    const uncovered = await host.page.evaluate<number>(`(async () => {
      const scroll = document.querySelector('.scroll');
      const { top, bottom } = scroll.getBoundingClientRect();
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      let uncovered = 0;
      for (let step = 0; step < 150; step += 1) {
        scroll.scrollTop -= 350;
        await frame();
        await frame();
        const drawn = [...document.querySelectorAll('article')].map((one) => one.getBoundingClientRect());
        if (drawn[0].top > top || drawn.at(-1).bottom < bottom) uncovered += 1;
      }
      return uncovered;
    })()`);
    assert.equal(uncovered, 0);
    assert.ok((await host.page.locator('article').count()) < 120);
    // Back again through what was forgotten and read anew.
    await host.page.evaluate(`document.querySelector('.scroll').scrollTop = 0`);
    await row(0).waitFor();
    await host.page.evaluate(`document.querySelector('.scroll').scrollTop = 1e9`);
    await row(9999).waitFor();
  });

  it('offers the way to the newest only where that is not in view', async () => {
    await open(messages(0, 30));
    await row(29).waitFor();
    const newest = host.page.getByRole('button', { name: 'To the Newest' });
    await newest.waitFor({ state: 'hidden' });
    await scrollBy(-900);
    await newest.waitFor();
    // All of it has room now.
    await host.page.setViewportSize({ width: 700, height: 6000 });
    await newest.waitFor({ state: 'hidden' });
    await host.page.setViewportSize({ width: 700, height: 600 });
    await eventually(
      () => host.page.evaluate<boolean>(`document.querySelector('.scroll').scrollTop > 0`),
      'the end in view again',
    );
    await scrollBy(-900);
    await newest.waitFor();
    await newest.click();
    await newest.waitFor({ state: 'hidden' });
    // A line to write that grows and shrinks again scrolls nothing away.
    await host.setState({ senders: ['alice'] });
    const write = host.page.getByRole('textbox', { name: 'write' });
    for (const written of ['one\ntwo\nthree\nfour', '']) {
      await write.fill(written);
      await drawn();
      await drawn();
      await newest.waitFor({ state: 'hidden' });
    }
    await eventually(async () => {
      const own = await row(29).boundingBox();
      const list = await host.page.locator('.scroll').boundingBox();
      return own && list && own.y + own.height <= list.y + list.height + 1;
    }, 'the newest in view');
  });

  it('stands 100,000 messages with little more memory', async () => {
    await open(messages(0, 200));
    const session = await host.page.context().newCDPSession(host.page);
    const used = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
    };
    const before = await used();
    const some = messages(0, 40);
    host.rows = Array.from({ length: 100_000 }, (_, index) => ({ ...some[index % 40]!, key: `m${index}` }));
    host.version += 1;
    await host.tell({ type: 'list', version: host.version, count: host.rows.length });
    for (let step = 0; step < 20; step += 1) {
      await host.page.evaluate(`document.querySelector('.scroll').scrollTop = ${step * 300_000}`);
      await drawn();
    }
    await host.page.evaluate(`document.querySelector('.scroll').scrollTop = 1e9`);
    await host.page.locator('article[aria-posinset="100000"]', { hasText: 'message' }).waitFor();
    const more = (await used()) - before;
    assert.ok(more <= 60, `${more.toFixed(1)} MB more`);
  });

  it('takes keys from the start, before anything of it was clicked', async () => {
    await open(messages(0, 300));
    await row(299).waitFor();
    await host.page.locator('.scroll:focus').waitFor();
    await host.page.keyboard.press('ArrowUp');
    await focused(299);
  });

  it('selects with arrows, Shift and the mouse, opens with Enter, and keeps its place', async () => {
    await open(messages(0, 300));
    await row(299).click();
    await host.heard('select', ({ keys }) => keys.join() === 'm299');
    const { page } = host;
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    await host.heard('select', ({ keys, focused }) => keys.join() === 'm297,m298' && focused === 'm297');
    await row(294).click({ modifiers: ['ControlOrMeta'] });
    await host.heard('select', ({ keys }) => [...keys].sort().join() === 'm294,m297,m298');
    await row(292).click({ modifiers: ['Shift'] });
    await host.heard('select', ({ keys }) => keys.join() === 'm292,m293,m294');
    await eventually(
      async () => (await page.locator('article.selected').count()) === 3,
      'three are selected',
    );
    const before = await placeAtRest(292);
    await page.keyboard.press('Enter');
    await host.heard('open', ({ key, preview }) => key === 'm292' && !preview);
    assert.equal(await placeOf(292), before);
    await page.keyboard.press('Home');
    await host.heard('select', ({ focused }) => focused === 'm0');
    await focused(0);
    await page.keyboard.press('End');
    await host.heard('select', ({ focused }) => focused === 'm299');
    // The menu is about what was clicked.
    await row(298).click({ button: 'right' });
    await host.heard('select', ({ keys }) => keys.join() === 'm298');
    const context = JSON.parse((await row(298).getAttribute('data-vscode-context')) ?? '') as Record<
      string,
      unknown
    >;
    assert.deepEqual(context, {
      ...{ webviewSection: 'message', preventDefaultContextMenuItems: true, connectionId: 'c1' },
      ...{ kind: 'message', id: 'p1 m298' },
      message: { address: { chat: 'c2c', from: 'alice', to: 'bob', key: '298_1_298' } },
      ...{ readOnly: false, draft: false },
    });
  });

  it('marks the message that is selected, and not the day above it', async () => {
    await open(messages(0, 3));
    await row(0).click();
    await host.heard('select', ({ keys }) => keys.join() === 'm0');
    const ground = (selector: string): Promise<string> =>
      host.page.evaluate<string>(
        `getComputedStyle(document.querySelector('article.selected${selector}')).backgroundColor`,
      );
    await host.page.locator('article.selected > .day').waitFor();
    const none = 'rgba(0, 0, 0, 0)';
    assert.deepEqual([await ground(''), await ground(' > .day')], [none, none]);
    assert.notEqual(await ground(' > .line'), none);
  });

  it('calls a day by another name once midnight has passed', async () => {
    const sent = (minute: number): number => new Date(2026, 10, 26, 9, minute).getTime() / 1000;
    const rows = messages(0, 3).map((one, index) => ({ ...one, time: sent(index) }));
    await open(rows, { clock: new Date(2026, 10, 26, 23, 58) });
    const days = host.page.locator('.day');
    await row(0).locator('.day').getByText('today', { exact: true }).waitFor();
    await row(1).click();
    await host.page.clock.fastForward('03:00');
    await row(0).locator('.day').getByText('yesterday', { exact: true }).waitFor();
    assert.match((await row(0).getAttribute('aria-label')) ?? '', /^yesterday\. /);
    await focused(1);
    const fresh = { ...messageRow(3, [text('message 3 ')]), time: new Date(2026, 10, 27).getTime() / 1000 };
    await host.splice(3, 0, fresh);
    await row(3).locator('.day').getByText('today', { exact: true }).waitFor();
    assert.equal(await days.count(), 2);
  });

  it('shows a group by its name, with its id beside', async () => {
    await open(messages(0, 3), { chat: { title: 'Release crew', id: '@TGS#2RELEASECREW' } });
    const title = host.page.getByRole('heading', { name: 'Release crew' });
    assert.equal(await title.getAttribute('title'), '@TGS#2RELEASECREW');
    await host.page.locator('.head').getByText('@TGS#2RELEASECREW', { exact: true }).waitFor();
  });

  it('comes back to its place, its selection and what was written', async () => {
    const kept = {
      ...{
        version: 1,
        connectionId: 'c1',
        chat: { chat: 'c2c', user: 'alice', peer: 'bob' },
        viewed: 'user',
      },
      ...{ follow: false, faces: false, selected: ['m50'], focused: 'm50', written: 'not sent' },
    };
    await open(messages(0, 300), { kept, state: { senders: ['alice', 'bob'] } });
    await host.tell({
      ...{ type: 'list', version: host.version, count: 300 },
      reveal: { at: 48, key: 'm48', to: 10 },
    });
    await row(50).waitFor();
    await eventually(async () => Math.abs((await placeOf(48)) + 10) < 1.5, 'its place');
    await row(50).and(host.page.locator('.selected')).waitFor();
    await eventually(
      async () => (await host.page.getByLabel('write').inputValue()) === 'not sent',
      'what was written',
    );
    await scrollBy(400);
    await eventually(
      () => host.page.evaluate<boolean>('/^m5\\d$/.test(keptByPage().place?.key)'),
      'the new place is kept',
    );
  });

  it('keeps the place that it is to come back to until its messages have come', async () => {
    const place = { key: 'm48', time: 1_760_002_880, offset: 10 };
    const kept = {
      ...{ version: 1, connectionId: 'c1', chat: { chat: 'c2c', user: 'alice', peer: 'bob' } },
      ...{ viewed: 'user', follow: false, faces: false, selected: [], place },
    };
    host = await ConversationHost.open(browser, { rows: [], kept, state: { senders: ['alice'] } });
    interface Now {
      readonly written?: string;
      readonly place?: unknown;
    }
    /** What is kept as soon as something else is written. */
    const keptWith = async (written: string): Promise<unknown> => {
      await host.page.getByLabel('write').fill(written);
      const now = await eventually(async () => {
        const all = await host.page.evaluate<Now | undefined>('keptByPage()');
        return all?.written === written && all;
      }, written);
      return now.place;
    };
    assert.deepEqual(await keptWith('while they are read'), place);
    await host.tell({ type: 'list', version: host.version + 1, count: 300 });
    assert.equal(await keptWith('at their end'), undefined);
  });

  it('goes where it is told, also where it got more room at that moment', async () => {
    const notice = { kind: 'failed', text: 'No network', actions: [] } as const;
    await open(messages(0, 90), { state: { notice } });
    await row(89).waitFor();
    const reveal: ToPage = { type: 'reveal', version: host.version, reveal: { at: 48, key: 'm48', to: 10 } };
    const state: ToPage = { type: 'state', state: { ...host.state, notice: undefined } };
    // The browser moves the end of the list with its lower border, and says so when the page knows where else to be.
    await host.page.evaluate(`(async () => {
      window.postMessage(${JSON.stringify(state)}, '*');
      await new Promise((done) => setTimeout(done));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      window.postMessage(${JSON.stringify(reveal)}, '*');
    })()`);
    await eventually(async () => Math.abs((await placeOf(48)) + 10) < 1.5, 'the place that was told');
  });

  it('shows what anybody wrote as text, in every field', async () => {
    const parts = messageRow(1, [
      text(HOSTILE),
      { MsgType: 'TIMCustomElem', MsgContent: { Data: HOSTILE, Desc: HOSTILE, Ext: HOSTILE, Sound: '' } },
      { MsgType: 'TIMFileElem', MsgContent: { Url: HOSTILE, UUID: HOSTILE, FileName: HOSTILE, FileSize: 1 } },
      { MsgType: 'TIMRelayElem', MsgContent: { Title: HOSTILE, MsgNum: 2, AbstractList: [HOSTILE] } },
      { MsgType: HOSTILE, MsgContent: {} },
    ]).parts;
    const [first] = parts;
    assert.ok(first);
    const all: MessageRow = {
      ...messageRow(1, []),
      ...{ key: HOSTILE, sender: HOSTILE, summary: HOSTILE, push: HOSTILE },
      parts: [...parts.slice(0, 4), { ...first, forwarded: [{ sender: HOSTILE, parts }] }],
      cloud: { text: HOSTILE, json: false },
      reply: { sender: HOSTILE, text: HOSTILE },
      marks: { draft: true, conflict: true, modified: { before: HOSTILE, at: 1 }, onlyOn: 'user' },
    };
    const rows: RowView[] = [
      all,
      { ...all, key: 'r', state: 'recalled' },
      { ...all, key: 's', state: 'system' },
      { kind: 'unreadable', key: 'u', problem: HOSTILE, raw: HOSTILE },
      gap('newer', 'failed', HOSTILE),
    ];
    await open(rows, {
      height: 5000,
      chat: { title: HOSTILE, connectionName: HOSTILE, environmentLabel: HOSTILE },
    });
    await host.tell({
      type: 'people',
      people: [{ id: HOSTILE, nick: HOSTILE, face: 'https://example.com/face' }],
    });
    await host.setState({
      notice: { kind: 'failed', text: HOSTILE, actions: [{ action: 'retry', label: HOSTILE }] },
      senders: [HOSTILE],
    });
    await host.tell({
      ...{ type: 'differences', complete: false },
      items: [{ key: 'r', onlyOn: 'peer', sender: HOSTILE, time: 1, summary: HOSTILE }],
    });
    await host.page.getByRole('button', { name: 'showPush' }).click();
    await host.page.getByText(`push: ${HOSTILE}`).first().waitFor();
    // Newly opened ones hold more of them.
    for (let more = true; more;) {
      const closed = host.page.locator('details:not([open]) > summary');
      more = (await closed.count()) > 0;
      if (more) await closed.first().click();
    }
    const { page } = host;
    assert.equal(await page.title(), 't');
    assert.equal(await page.locator('img, #page script, a').count(), 0);
    for (const place of [
      'h1',
      '.notice',
      '.differences',
      '.composer',
      'blockquote',
      '.before',
      'pre',
      '.bubble',
    ])
      assert.ok((await page.locator(place).first().textContent())?.includes(HOSTILE), place);
  });

  it('finds, steps, and says how it stands; writes, and keeps what was not sent', async () => {
    await open(messages(0, 30), { state: { senders: ['alice', 'bob'] } });
    const { page } = host;
    await row(29).click();
    await page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox', { name: 'find' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('word');
    await host.heard('find', (one) => one.text === 'word');
    await host.setState({ find: { text: 'word', count: 7, at: 1, searching: true, complete: false } });
    await page.getByText('1 of 7, so far').waitFor();
    await page.keyboard.press('Enter');
    await host.heard('findStep', ({ step }) => step === 'next');
    await page.keyboard.press('Shift+Enter');
    await host.heard('findStep', ({ step }) => step === 'previous');
    await page.keyboard.press('Escape');
    await host.heard('find', (one) => one.text === '');
    await focused(29);

    await page.getByLabel('As …', { exact: true }).selectOption('bob');
    await page.getByLabel('write').fill('hello\nyou');
    await page.getByLabel('write').press('Enter');
    const { id } = await host.heard('send', (one) => one.as === 'bob' && one.text === 'hello\nyou');
    await host.tell({ type: 'sent', id, error: 'no account' });
    await page.getByText('no account', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('write').inputValue(), 'hello\nyou');
    await page.getByLabel('write').press('Enter');
    const again = await host.heard('send', (one) => one.id !== id);
    await host.tell({ type: 'sent', id: again.id });
    await eventually(async () => (await page.getByLabel('write').inputValue()) === '', 'the line is empty');
  });

  it('writes as whoever was chosen, on the next page too and when others speak', async () => {
    const written = (): Locator => host.page.getByLabel('write');
    const as = (): Locator => host.page.getByLabel('As …', { exact: true });
    const kept = () => host.page.evaluate<{ readonly written?: string } | undefined>('keptByPage()');
    await open(messages(0, 3), { state: { senders: ['alice', 'bob', 'carol'] } });
    await written().fill('as carol');
    // With each letter: the page may be hidden the next moment.
    assert.equal((await kept())?.written, 'as carol');
    await as().selectOption('carol');
    const left = await kept();
    await host.page.close();
    // Older messages came, and she is none of those who spoke last.
    await open(messages(0, 3), { kept: left, state: { senders: ['alice', 'bob', 'carol'] } });
    await host.setState({ senders: ['alice', 'bob', 'dave'] });
    await as().getByRole('option', { name: 'As dave' }).waitFor({ state: 'attached' });
    assert.equal(await as().inputValue(), 'carol');
    await written().press('Enter');
    const { as: sender, text: words } = await host.heard('send');
    assert.deepEqual([sender, words], ['carol', 'as carol']);
  });

  it('comes back with what was looked for, and looks for it anew where nobody does any more', async () => {
    const kept = () => host.page.evaluate<{ readonly find?: string } | undefined>('keptByPage()');
    const box = (): Locator => host.page.getByRole('textbox', { name: 'find' });
    await open(messages(0, 30));
    await host.page.keyboard.press('ControlOrMeta+f');
    await box().fill('word');
    await eventually(async () => (await kept())?.find === 'word', 'what is looked for is kept');
    const left = await kept();
    await host.page.close();

    const find = { text: 'word', count: 7, at: 2, searching: false, complete: true };
    await open(messages(0, 30), { kept: left, state: { find } });
    await host.page.getByText('2 of 7', { exact: true }).waitFor();
    await box().press('Enter');
    await host.heard('findStep', ({ step }) => step === 'next');
    await host.page.close();

    // As after a reload of the window.
    await open(messages(0, 30), { kept: left });
    assert.equal(await box().inputValue(), 'word');
    await box().press('Enter');
    await host.heard('find', ({ text }) => text === 'word');
    await box().press('Escape');
    await eventually(async () => (await kept())?.find === undefined, 'nothing is looked for any more');
  });

  it('goes on waiting for what an earlier page sent, and keeps what it learned at once', async () => {
    const line = (): Locator => host.page.getByLabel('write');
    const kept = () =>
      host.page.evaluate<{ readonly written?: string; readonly sending?: number }>('keptByPage()');
    const isEmpty = (): Promise<true> =>
      eventually(async () => (await line().inputValue()) === '', 'the line is empty');
    await open(messages(0, 3), { state: { senders: ['alice', 'bob'] } });
    await line().fill('hello');
    await line().press('Enter');
    const { id } = await host.heard('send');
    const left = await kept();
    assert.deepEqual([left.written, left.sending], ['hello', id]);
    await host.page.close();

    await open(messages(0, 3), { kept: left, state: { senders: ['alice', 'bob'] } });
    await host.page.getByText('sending', { exact: true }).waitFor();
    assert.equal(await line().inputValue(), 'hello');
    assert.equal(await line().isEditable(), false);
    await line().press('Enter');
    await host.tell({ type: 'sent', id: id - 1, error: 'of another line' });
    await host.tell({ type: 'sent', id });
    await isEmpty();
    assert.deepEqual(
      host.said.filter(({ type }) => type === 'send'),
      [],
    );
    const after = await kept();
    assert.deepEqual([after.written, after.sending], ['', undefined]);
    await line().fill('again');
    await line().press('Enter');
    assert.notEqual((await host.heard('send')).id, id);
    // What was said of the line before is nothing of this one.
    await host.tell({ type: 'sent', id, error: 'too late' });
    await host.page.getByText('sending', { exact: true }).waitFor();
    assert.equal(await line().isEditable(), false);
  });

  it('has a button in place of the line to write where what is sent is asked about first', async () => {
    await open(messages(0, 3));
    const { page } = host;
    const line = page.getByLabel('write');
    const instead = page.getByRole('button', { name: 'newMessage' });
    await instead.click();
    await host.heard('action', ({ action }) => action === 'newMessage');
    assert.equal(await line.isVisible(), false);
    await host.setState({ senders: ['alice'] });
    await line.waitFor();
    await instead.waitFor({ state: 'hidden' });
    await page.close();
    await open(messages(0, 3), { chat: { readOnly: true } });
    assert.equal(await host.page.getByRole('button', { name: 'newMessage' }).isVisible(), false);
  });

  it('marks what is found, also where it was folded away', async () => {
    const custom = messageRow(7, [
      { MsgType: 'TIMCustomElem', MsgContent: { Data: '{ "secret": "needle" }', Desc: 'Order' } },
    ]);
    const rows = [
      custom,
      { ...messageRow(8, [text('A needle, and one Needle more')]), key: 'm8' },
      messageRow(9, [text('(a+)+ needle')]),
    ];
    await open(rows, { height: 900 });
    const { page } = host;
    const marked = (name: string): Promise<string[]> =>
      page.evaluate(`[...(CSS.highlights.get(${JSON.stringify(name)}) ?? [])].map(String)`);
    const isMarked = (name: string, words: readonly string[]): Promise<unknown> =>
      eventually(
        async () => (await marked(name)).join('|') === words.join('|'),
        `${name}: ${words.join('|')}`,
      );
    await page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox', { name: 'find' }).fill('needle');
    const find = { text: 'needle', count: 3, at: 1, key: 'm9', searching: false, complete: true };
    await host.setState({ find });
    await isMarked('reached', ['needle']);
    await isMarked('found', ['needle', 'Needle']);
    await host.setState({ find: { ...find, at: 3, key: 'm7' } });
    await page.locator('details[open] pre', { hasText: 'needle' }).waitFor();
    await isMarked('reached', ['needle']);
    await isMarked('found', ['needle', 'Needle', 'needle']);
    // An expression is tried where it ended already, and nowhere else.
    await page.getByRole('textbox', { name: 'find' }).fill('/(need)+le/i');
    await host.setState({ find: { ...find, count: 2, at: 2, key: 'm8' } });
    await isMarked('reached', ['needle', 'Needle']);
    await isMarked('found', []);
    await page.keyboard.press('Escape');
    await host.setState({ find: undefined });
    await isMarked('reached', []);
    assert.deepEqual(await marked('found'), []);
  });

  it('shows all of what a message said before, of the first one that is seen too', async () => {
    const modified = { before: `As it was. ${'word '.repeat(40)}`, at: 1 };
    const rows = messages(0, 30).map((one) => ({ ...one, marks: { ...one.marks, modified } }));
    await open(rows);
    const list = await host.page.locator('.scroll').boundingBox();
    assert.ok(list);
    const shown = async (index: number): Promise<{ top: number; bottom: number }> => {
      await rowAt(index).locator('.mark.modified').hover();
      const box = await rowAt(index).locator('.before').boundingBox();
      assert.ok(box);
      return { top: box.y, bottom: box.y + box.height };
    };
    const rowAt = (index: number) => host.page.locator(`article[aria-posinset="${index + 1}"]`);
    await host.page.evaluate(`document.querySelector('.scroll').scrollTop = 0`);
    await rowAt(0).waitFor();
    await drawn();
    const first = await shown(0);
    assert.ok(first.top >= list.y, 'below the edge of the list');
    // Nothing of the rows beneath stands over it.
    const over = await host.page.evaluate<boolean>(
      `document.elementFromPoint(300, ${first.bottom - 12})?.closest('.before') !== null`,
    );
    assert.ok(over);
    await host.page.evaluate(`document.querySelector('.scroll').scrollTop = 1e9`);
    await drawn();
    const last = await shown(29);
    assert.ok(last.top >= list.y && last.bottom <= list.y + list.height);
  });

  it('shows what is missing, and tries again when asked', async () => {
    await open([gap('older', 'failed', 'No network'), ...messages(0, 5)]);
    await host.page.getByText('No network').waitFor();
    assert.deepEqual(
      host.said.filter(({ type }) => type === 'fill'),
      [],
    );
    await host.page.getByRole('button', { name: 'retry' }).click();
    await host.heard('fill', ({ gap: key }) => key === 'older');
    await host.setState({
      notice: {
        kind: 'gone',
        text: 'It is gone',
        actions: [{ action: 'newMessage', label: 'New Message…' }],
      },
    });
    await host.page.getByRole('button', { name: 'New Message…' }).click();
    await host.heard('action', ({ action }) => action === 'newMessage');
  });

  for (const [theme, width, height] of [
    ['light', 700, 2400],
    ['dark', 320, 3200],
  ] as const) {
    it(`is for everybody in ${theme} at ${width} pixels`, async () => {
      const relay = messageRow(7, [
        { MsgType: 'TIMRelayElem', MsgContent: { Title: 'Two', AbstractList: ['A: hi'] } },
      ]);
      const [first] = relay.parts;
      assert.ok(first);
      const forwarded = [
        { sender: 'carol', time: 1_760_000_000, parts: messageRow(1, [text('in it')]).parts },
      ];
      const marks = {
        draft: true,
        conflict: true,
        modified: { before: 'As it was', at: 1 },
        onlyOn: 'user' as const,
      };
      const rows: RowView[] = [
        gap('older', 'failed', 'No network'),
        messageRow(1, [text('مرحبا، كيف حالك؟'), text('你好 😀')]),
        messageRow(2, [
          { MsgType: 'TIMImageElem', MsgContent: { ImageInfoArray: [{ Width: 40, Height: 30, Size: 9 }] } },
        ]),
        messageRow(3, [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{ "a": 1 }', Desc: 'Order' } }]),
        { ...messageRow(4, [text('gone')]), state: 'recalled' },
        { ...messageRow(5, []), state: 'expired', sender: '', time: 0 },
        { ...messageRow(6, [text('x'.repeat(300))]), marks, reply: { sender: 'bob', text: 'What?' } },
        { ...relay, parts: [{ ...first, forwarded }], cloud: { text: '{ "b": [1, 2] }', json: true } },
        { kind: 'unreadable', key: 'u', problem: 'It has no MsgKey', raw: '{}' },
        messageRow(8, [text('last')]),
      ];
      await open(rows, { theme, width, height, state: { senders: ['alice', 'bob'] } });
      const { page } = host;
      await host.tell({
        ...{ type: 'differences', complete: false },
        items: [{ key: 'm6', onlyOn: 'user', sender: 'alice', time: 1_760_000_000, summary: 'x' }],
      });
      await host.setState({
        notice: { kind: 'failed', text: 'No network', actions: [{ action: 'retry', label: 'Retry' }] },
      });
      await page.keyboard.press('ControlOrMeta+f');
      for (const summary of await page.locator('article summary').all()) await summary.click();
      await page.getByText('in it').waitFor();
      const modified = page.getByRole('button', { name: /^Modified/ });
      await modified.focus();
      await page.getByText('As it was').waitFor();
      await page.locator('article', { hasText: '你好' }).click();
      await drawn();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
        [],
      );
      assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'));
    });
  }
});
