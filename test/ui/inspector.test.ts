import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { launchBrowser } from '../support/browser.mjs';
import { eventually, PATIENCE_MS } from '../support/eventually';

/** The sandbox's own page in a real browser; VS Code is not needed. */
describe('the page of the sandbox', function () {
  this.timeout(360_000);
  let folder: string;
  let browser: BrowserContext;
  let sandbox: RunningSandbox;
  let page: Page;
  let errors: string[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-page-'));
    browser = await launchBrowser({ profile: folder });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    sandbox = await startSandbox({ settings: { limits: false } });
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${sandbox.url}/sandbox/`);
    await page.getByText('Live').waitFor();
  });
  afterEach(async () => {
    await page.close();
    await sandbox.stop();
    assert.deepEqual(errors, [], 'nothing goes wrong in the page');
  });

  const open = async (view: string): Promise<void> => {
    await page.getByRole('tab', { name: view }).click();
    await page.getByRole('tabpanel', { name: view }).waitFor();
  };
  const openChat = async (name: string): Promise<void> => {
    await page.getByRole('button', { name }).click();
    await page.locator('.message').first().waitFor();
  };
  const call = (command: string, body: unknown): Promise<unknown> =>
    sandbox.sandbox.perform(command, JSON.stringify(body));
  const message = (text: string, MsgRandom = 1): unknown => ({
    ...{ From_Account: 'alice', To_Account: 'carol', MsgRandom },
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }],
  });

  it('shows a chat as bubbles and as JSON, and messages as they come, as text whatever they say', async () => {
    await openChat('alice ↔ carol');
    const text = '<img src=x onerror="document.title=1"> **not bold** 12345678901234567';
    await call('openim/sendmsg', message(text));
    const last = page.locator('.message').last();
    await last.getByText(text, { exact: true }).waitFor();
    await last.locator('summary').click();
    await last
      .getByRole('region', { name: /^MsgBody of/ })
      .getByText('"TIMTextElem"')
      .waitFor();
    assert.equal(await page.title(), 'Tencent Cloud Chat Sandbox');
    assert.equal(await page.locator('img').count(), 0);
  });

  it('writes, modifies and recalls a message as any user', async () => {
    await openChat('alice ↔ carol');
    await page.getByLabel('From').selectOption('carol');
    await page.getByLabel('Text, or MsgBody as JSON').fill('written here');
    await page.keyboard.press('Control+Enter');
    const last = page.locator('.message').last();
    await last.getByText('written here').waitFor();
    const stored = sandbox.store.conversation('alice', 'carol')?.all().at(-1);
    assert.deepEqual([stored?.from, stored?.to], ['carol', 'alice']);

    await last.locator('summary').click();
    await last.getByRole('button', { name: 'Modify' }).click();
    const number = '[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"changed","Desc":"12345678901234567"}}]';
    await page.getByLabel('MsgBody', { exact: true }).fill(number);
    await page
      .getByRole('form', { name: /^Modify/ })
      .getByRole('button', { name: 'Modify' })
      .click();
    await last.locator('.bubble').getByText('changed').waitFor();
    assert.equal(stored?.body, number);

    await last.locator('summary').click();
    await last.getByRole('button', { name: 'Recall' }).click();
    await last.getByText('Recalled', { exact: true }).waitFor();
    assert.equal(stored.flags, 8);
  });

  it('writes, modifies and recalls a message in a group', async () => {
    const group = [...sandbox.store.groups.all()].find(({ messages }) => messages.all().length > 0);
    assert.ok(group);
    await openChat(`Group ${group.facts.name}`);
    const [writer = ''] = [...group.members.keys()];
    await page.getByLabel('From').selectOption(writer);
    await page.getByLabel('Text, or MsgBody as JSON').fill('to all of you');
    await page.getByRole('button', { name: 'Send' }).click();
    const last = page.locator('.message').last();
    await last.getByText('to all of you').waitFor();
    await last.locator('summary').click();
    await last.getByRole('button', { name: 'Modify' }).click();
    const body = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"to some of you"}}]';
    await page.getByLabel('MsgBody', { exact: true }).fill(body);
    await page
      .getByRole('form', { name: /^Modify/ })
      .getByRole('button', { name: 'Modify' })
      .click();
    await last.getByText('to some of you').waitFor();
    await last.locator('summary').click();
    await last.getByRole('button', { name: 'Recall' }).click();
    await last.getByText('Recalled', { exact: true }).waitFor();
    assert.equal(group.messages.all().at(-1)?.place, 2);
  });

  it('says why a message is refused', async () => {
    await page.getByRole('button', { name: 'New Message' }).click();
    await page.getByLabel('From').fill('alice');
    await page.getByLabel('To', { exact: true }).fill('nobody');
    await page.getByLabel('Text, or MsgBody as JSON').fill('hello');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('90012 invalid To_Account – The account in To_Account is not registered.').waitFor();
  });

  it('shows calls with their bodies and what their code means, in either language', async () => {
    await open('Calls');
    await call('openim/sendmsg', message('hello'));
    await call('openim/admin_msgwithdraw', { From_Account: 'alice', To_Account: 'bob', MsgKey: 'none' });
    const row = page.getByRole('button', { name: /admin_msgwithdraw/ });
    await row.getByText('90054').waitFor();
    await page.getByLabel('Find calls').fill('9005');
    await eventually(async () => (await page.locator('.calls .item').count()) === 1, 'the one call found');
    await row.click();
    await page.getByRole('region', { name: 'Request' }).getByText('"none"').waitFor();
    await page
      .getByText(/MsgKey/, { exact: false })
      .first()
      .waitFor();
    await page.getByLabel(/Language/).selectOption('zh');
    await page.getByRole('tab', { name: '调用' }).click();
    await page.getByRole('button', { name: /admin_msgwithdraw/ }).click();
    await page.getByRole('heading', { name: '应答' }).waitFor();
    assert.equal(await page.evaluate('document.documentElement.lang'), 'zh-CN');
    await page.getByLabel(/Language/).selectOption('en');
    await page.getByRole('tab', { name: 'Calls' }).waitFor();
  });

  it('can be used while a thousand calls a second come in', async () => {
    await open('Calls');
    const over = new AbortController();
    let sent = 0;
    const flood = (async () => {
      const started = Date.now();
      while (!over.signal.aborted) {
        const due = Date.now() - started;
        // A machine that cannot keep up does something else in between all the same.
        for (let most = sent + 50; sent < Math.min(due, most); sent++)
          await call('openim/sendmsg', message(`flood ${sent}`, sent));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const count = async (): Promise<number> =>
      parseInt((await page.locator('#view-calls p.quiet').first().textContent()) ?? '');
    try {
      await eventually(async () => (await count()) > 1000 || undefined);
      // Somebody looks at one call: the list stands still under the pointer, and the bodies stay.
      await page.locator('.calls .item').nth(3).click();
      const heading = page.locator('#view-calls .detail p.quiet').first();
      const chosen = await heading.textContent();
      assert.match(chosen ?? '', /^#\d+/);
      await open('Chats');
      await openChat('alice ↔ carol');
      await page
        .locator('.message')
        .last()
        .getByText(/flood \d+/)
        .waitFor();
      await open('Calls');
      assert.equal(await heading.textContent(), chosen);
    } finally {
      over.abort();
      await flood;
    }
    assert.ok(sent > 1000);
    await page.getByText(`${sent} calls`, { exact: true }).waitFor();
    assert.ok((await page.locator('.calls .item').count()) <= 150);
  });

  it('switches faults, settings, the clock; resets, keeps, exports and loads data', async () => {
    await open('Controls');
    const panel = (name: string) =>
      page.locator('.panel').filter({ has: page.getByRole('heading', { name }) });
    await panel('Faults').getByLabel('ErrorCode').fill('60007');
    await panel('Faults').getByRole('button', { name: 'Add' }).click();
    await panel('Faults').getByText('*: code 60007').waitFor();
    assert.equal(sandbox.sandbox.faults.list()[0]?.code, 60007);

    await panel('Settings').getByLabel('roamingDays').fill('30');
    await page.keyboard.press('Tab');
    await page.getByText('roamingDays is 30.').waitFor();
    assert.equal(sandbox.sandbox.settings.roamingDays, 30);

    await panel('Clock').getByRole('button', { name: 'Stop It' }).click();
    await panel('Clock').getByText('stands still').waitFor();
    await panel('Clock').getByRole('button', { name: '+8 Days' }).click();
    await eventually(() => Math.abs(sandbox.sandbox.clock.state.ahead - 8 * 86_400) < 60 || undefined);

    const exported = page.waitForEvent('download');
    await panel('Data').getByRole('button', { name: 'Export' }).click();
    const file = join(folder, 'exported.json');
    await (await exported).saveAs(file);
    assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { Format: number }).Format, 1);

    await call('im_open_login_svc/account_delete', { DeleteItem: [{ UserID: 'bob' }] });
    await panel('Data').getByRole('button', { name: 'Reset' }).click();
    await page.getByText('Everything is as at the start.').waitFor();
    assert.ok(sandbox.store.account('bob'));
    assert.deepEqual(sandbox.sandbox.faults.list(), []);
    await page.getByRole('button', { name: 'Bring before-reset back' }).click();
    await page.getByText('before-reset is back.').waitFor();
    assert.equal(sandbox.store.account('bob'), undefined);

    await panel('Data').getByLabel('Seed, or list').setInputFiles(file);
    await panel('Data').getByRole('button', { name: 'Load' }).click();
    await page.getByText('Loaded.').waitFor();
    assert.ok(sandbox.store.account('bob'));
  });

  it('shows webhooks with what was answered', async () => {
    const app: Server = createServer((_request, response) =>
      response.end('{"ErrorCode":0,"ActionStatus":"OK"}'),
    );
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    try {
      await open('Webhooks');
      await page.getByLabel('URL').fill(`http://127.0.0.1:${(app.address() as AddressInfo).port}/hook`);
      await page.getByRole('button', { name: 'Switch On' }).click();
      await page.getByText('Webhooks are on.').waitFor();
      await call('openim/sendmsg', message('told'));
      await page.getByRole('button', { name: /CallbackAfterSendMsg/ }).click();
      await page.getByRole('region', { name: 'Request' }).getByText('"told"').waitFor();
      await page.getByRole('region', { name: 'Answer' }).getByText('"OK"').waitFor();
    } finally {
      app.close();
    }
  });

  it('is worked by keyboard', async () => {
    await page.getByRole('tab', { name: 'Chats' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Calls' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tabpanel', { name: 'Chats' }).waitFor();
    await page.locator('#view-chats .item').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const name = await page.locator('#view-chats .item .name').nth(1).textContent();
    await page.getByRole('heading', { name: name ?? '', exact: true }).waitFor();
  });

  it('is fit for assistive technology in every view, light and dark, and narrow', async () => {
    await call('openim/sendmsg', message('hello'));
    await call('openim/sendmsg', { ...(message('hello') as object), To_Account: 'nobody' });
    await page.reload();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const view of ['Chats', 'Calls', 'Webhooks', 'Controls']) {
        await open(view);
        if (view === 'Chats') await openChat('alice ↔ carol');
        if (view === 'Calls') await page.locator('.calls .item').first().click();
        await page.evaluate(axe.source);
        // In other colours only colours can be wrong.
        const rules = colorScheme === 'light' ? '' : '{ runOnly: ["color-contrast"] }';
        const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${rules})`);
        assert.deepEqual(
          violations.map(
            ({ id, nodes }) => `${view} ${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
          ),
          [],
        );
      }
    }
    await page.setViewportSize({ width: 320, height: 740 });
    for (const view of ['Chats', 'Calls', 'Webhooks', 'Controls']) {
      await open(view);
      const cutOff = await page.evaluate(
        `[...document.querySelectorAll('button, input, select, textarea, [role="tab"]')]
          .filter((it) => it.getClientRects().length > 0 && it.getBoundingClientRect().right > innerWidth)
          .map((it) => it.outerHTML)`,
      );
      assert.deepEqual(cutOff, [], `${view} fits a narrow window`);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, view);
    }
    await page.setViewportSize({ width: 1400, height: 900 });
  });

  it('lets nothing run but its own script', async () => {
    const answer = await fetch(`${sandbox.url}/sandbox/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(
      policy,
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self';/,
    );
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(answer.headers.get('x-frame-options'), 'DENY');
    const html = await answer.text();
    assert.ok(Buffer.byteLength(html) <= 200 * 1024);
    assert.doesNotMatch(html, /<(?:script|link|img)[^>]* (?:src|href)=/);
    const far = await startSandbox({ listen: '0.0.0.0', token: 'tell-nobody-7' });
    try {
      const there = await (await fetch(`${far.url}/sandbox/`)).text();
      assert.ok(!there.includes('tell-nobody-7'), 'whoever can load the page does not learn the token by it');
      const other = await browser.newPage();
      other.setDefaultTimeout(PATIENCE_MS);
      await other.goto(`${far.url}/sandbox/#token=tell-nobody-7`);
      await other.getByText('Live').waitFor();
      await other.close();
    } finally {
      await far.stop();
    }
  });
});
