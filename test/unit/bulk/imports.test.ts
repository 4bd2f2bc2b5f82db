import assert from 'node:assert/strict';
import { groupAddress } from '../../../src/chat/address';
import type { Plan } from '../../../src/bulk/plan';
import type { PlanRunEnd } from '../../../src/bulk/planRunner';
import { reportCsv, reportJson } from '../../../src/bulk/report';
import { rollbackOf } from '../../../src/bulk/rollback';
import { parseList } from '../../../src/lists/parseList';
import { readImport } from '../../../src/transfer/importItems';
import { planImport } from '../../../src/transfer/importPlan';
import type { LineRequest } from '../../support/faultyLine';
import { textBody } from '../../support/groups';
import { ModifyWorld } from '../../support/modifyWorld';
import { PlanWindow } from '../../support/planWorld';

const ONE = 'openim/importmsg';
const GROUP = 'group_open_http_svc/import_group_msg';
const ACCOUNTS = 'im_open_login_svc/multiaccount_import';
const time = Math.floor(Date.now() / 1000) - 1000;

const two = (index: number, from = 'alice'): string =>
  `{"From_Account":"${from}","To_Account":"bob","MsgKey":"${index}_7_${time + index}","MsgBody":${textBody(`two ${index}`)}}`;
const grouped = (index: number): string =>
  `{"GroupId":"g","MsgSeq":${index + 1},"From_Account":"bob","MsgTimeStamp":${time + index},"MsgBody":${textBody(`group ${index}`)}}`;
const many = (count: number, item: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => item(index));

describe('A plan that imports', () => {
  let world: ModifyWorld;
  let own: PlanWindow;

  beforeEach(async () => {
    world = await ModifyWorld.start([]);
    own = new PlanWindow(world, await world.open());
  });
  afterEach(() => world.stop());

  async function planOf(items: readonly string[], accounts: readonly string[] = []): Promise<Plan> {
    const list = `[${items.join(',')}]`;
    const found = await planImport(own.window.client, readImport(list, parseList(list)), new Set(accounts));
    return own.import(found, accounts);
  }

  function counts(end: PlanRunEnd): Record<string, number> {
    assert.ok(end.kind !== 'busy');
    return Object.fromEntries(Object.entries(end.report.counts).filter(([, number]) => number > 0));
  }

  const textsOf = (group: string): string[] =>
    (world.sandbox.store.groups.get(group)?.messages.all() ?? []).map(({ body }) => body);
  const sizeOfTwo = (): number => world.sandbox.store.conversation('alice', 'bob')?.size ?? 0;

  it('stands on the disk, whole, before its first call, accounts first', async () => {
    const plan = await planOf([two(0, 'new'), ...many(9, grouped)], ['new']);
    const calls: string[] = [];
    const missing: string[] = [];
    own.window.line.onRequest = ({ command, body }) => {
      calls.push(command);
      const files = [...world.disk.files()].map(([, text]) => text);
      if (!files.some((text) => text.includes(`"accounts": [`) && text.includes(plan.id)))
        missing.push('plan');
      const kept = files.filter((text) => text.includes('"action": "import"')).join('\n');
      for (const [words] of body.matchAll(/(two|group) \d+/g)) if (!kept.includes(words)) missing.push(words);
      return 'pass';
    };
    const end = await own.run(plan);
    assert.deepEqual([end.kind, counts(end), missing], ['ended', { done: 10 }, []]);
    assert.equal(calls[0], 'im_open_login_svc/account_import');
    assert.deepEqual(calls.slice(1).sort(), [GROUP, GROUP, ONE]);
    assert.deepEqual(
      textsOf('g'),
      many(9, (index) => textBody(`group ${index}`)),
      'in their order',
    );
  });

  it('stands in the journal message by message, with where each is', async () => {
    const plan = await planOf([two(0), ...many(9, grouped)]);
    await own.run(plan);
    const revisions = await own.window.journal.list({ plan: plan.id });
    assert.deepEqual(
      revisions.map(({ action, before, outcome }) => [action, before, outcome.state]),
      many(10, () => '').map(() => ['import', null, 'done']),
    );
    const ofGroup = revisions.flatMap(({ address }) => (address.chat === 'group' ? [address] : []));
    assert.deepEqual(
      ofGroup.sort((one, other) => one.seq - other.seq),
      many(9, () => '').map((_, index) => groupAddress('g', index + 1)),
    );
    // A version that knows no imports leaves the file alone.
    const [file = ''] = [...world.disk.files()].flatMap(([name, text]) =>
      name.endsWith('.group.json') ? [text] : [],
    );
    assert.equal((JSON.parse(file) as { format: number }).format, 5);
    // Nothing of it can be taken back.
    const { plan: rollback } = await rollbackOf(plan.id, plan.connection, own.window.journal, Date.now());
    assert.deepEqual(rollback.items, []);
  });

  it('looks for what a lost answer leaves in doubt, and imports again what is not there', async () => {
    const plan = await planOf([...many(4, two), ...many(9, grouped)]);
    const sent: string[] = [];
    own.window.line.onRequest = ({ command, body }) => {
      if (command !== ONE && command !== GROUP) return 'pass';
      sent.push(command === ONE ? (/two \d+/.exec(body)?.[0] ?? '') : 'group');
      if (body.includes('two 1"'))
        return sent.filter((one) => one === 'two 1').length > 1 ? 'pass' : 'dropAfter';
      if (body.includes('two 2"'))
        return sent.filter((one) => one === 'two 2').length > 1 ? 'pass' : 'dropBefore';
      return command === GROUP && sent.filter((one) => one === 'group').length === 1
        ? 'gatewayAfter'
        : 'pass';
    };
    const end = await own.run(plan);
    assert.deepEqual([end.kind, counts(end)], ['ended', { done: 13 }]);
    assert.deepEqual(sent.sort(), ['group', 'group', 'two 0', 'two 1', 'two 2', 'two 2', 'two 3']);
    assert.equal(textsOf('g').length, 9);
    // Found, they have their names as well.
    const addresses = end.kind === 'ended' ? end.report.rows.map(({ address }) => address) : [];
    assert.ok(addresses.every((address) => address.chat === 'c2c' || address.seq > 0));
  });

  it('takes for done what came late, after it was looked for in vain', async () => {
    const plan = await planOf(many(7, grouped));
    let late: LineRequest | undefined;
    own.window.line.onRequest = async (request) => {
      if (request.command !== GROUP) return 'pass';
      if (!late) {
        late = request;
        return 'dropBefore';
      }
      const url = `${world.sandbox.url}/v4/${late.command}?${late.query.toString()}`;
      await fetch(url, { method: 'POST', body: late.body });
      return 'pass';
    };
    const end = await own.run(plan);
    assert.deepEqual([end.kind, counts(end)], ['ended', { done: 7 }]);
    assert.equal(textsOf('g').length, 7);
  });

  it('lets nothing of a group pass what is not known, and goes on when it is', async () => {
    const plan = await planOf(many(20, grouped));
    own.window.line.onRequest = ({ command }) => (command === GROUP ? 'dropAfter' : 'dropBefore');
    const lost = await own.run(plan);
    assert.ok(lost.kind === 'paused' && lost.why === 'network');
    assert.deepEqual(counts(lost), { unknown: 7, notTried: 13 });
    const still = await own.run(plan);
    assert.ok(still.kind === 'paused' && still.why === 'network');
    assert.deepEqual(counts(still), { unknown: 7, notTried: 13 });
    own.window.line.onRequest = () => 'pass';
    assert.deepEqual(counts(await own.run(plan)), { done: 20 });
    assert.deepEqual(
      textsOf('g'),
      many(20, (index) => textBody(`group ${index}`)),
    );
  });

  it('lets nothing of a group pass what never arrives', async () => {
    const plan = await planOf(many(20, grouped));
    own.window.line.onRequest = ({ command }) => (command === GROUP ? 'dropBefore' : 'pass');
    const end = await own.run(plan);
    assert.ok(end.kind === 'paused' && end.why === 'network');
    assert.deepEqual(counts(end), { notTried: 20 });
    own.window.line.onRequest = () => 'pass';
    assert.deepEqual(counts(await own.run(plan)), { done: 20 });
  });

  it('is taken up by another window after a crash, and by none while one runs it', async () => {
    const plan = await planOf(many(60, two));
    const { life, line } = own.window;
    line.onRequest = async ({ command }) => {
      await life.step();
      if (command === ONE && sizeOfTwo() >= 20) life.end();
      return 'pass' as const;
    };
    assert.equal(await Promise.race([own.run(plan), life.death]), 'dead');
    await own.window.close();
    const next = new PlanWindow(world, await world.open());
    assert.deepEqual(await next.store.get(plan.id), plan);
    assert.deepEqual(
      (await next.store.left()).map(({ id }) => id),
      [plan.id],
    );
    let other: PlanRunEnd | undefined;
    next.window.line.onRequest = async () => {
      other ??= await new PlanWindow(world, await world.open()).run(plan);
      return 'pass' as const;
    };
    assert.deepEqual(counts(await next.run(plan)), { done: 60 });
    assert.equal(other?.kind, 'busy');
    assert.equal(sizeOfTwo(), 60);
  });

  it('is settled at the start, without anything being sent', async () => {
    const plan = await planOf([two(0), ...many(3, grouped)]);
    own.window.line.onRequest = ({ command }) =>
      command === ONE || command === GROUP ? 'dropAfter' : 'dropBefore';
    assert.deepEqual(counts(await own.run(plan)), { unknown: 4 });
    const commands: string[] = [];
    own.window.line.onRequest = ({ command }) => {
      commands.push(command);
      return 'pass';
    };
    await own.runner.settleImport(plan, own.window.client);
    assert.deepEqual((await own.runner.report(plan)).counts.done, 4);
    assert.ok(
      commands.every((command) => /admin_getroammsg|group_msg_get_simple/.test(command)),
      commands.join(),
    );
    assert.deepEqual(await own.window.journal.unfinishedImports(), []);
  });

  it('pauses at a code that every message would get, after ten without one, and where accounts are refused', async () => {
    const plan = await planOf(many(60, two), ['x1', 'x2']);
    const answer = (code: number, of: string) => {
      own.window.line.onRequest = ({ command }) => (command === of ? code : 'pass');
    };
    answer(70009, ACCOUNTS);
    const accounts = await own.run(plan);
    assert.ok(accounts.kind === 'paused' && accounts.why === 'stopAll');
    assert.deepEqual(counts(accounts), { notTried: 60 });
    answer(70009, ONE);
    const all = await own.run(plan);
    assert.ok(all.kind === 'paused' && all.why === 'stopAll');
    assert.deepEqual(counts(all), { notTried: 60 });
    answer(90012, ONE);
    const ten = await own.run(plan, { perSecond: 16 });
    assert.ok(ten.kind === 'paused' && ten.why === 'tenWithoutOne');
    const { refused = 0, notTried = 0 } = counts(ten);
    assert.ok(refused >= 10 && notTried > 0 && refused + notTried === 60, JSON.stringify(counts(ten)));
    own.window.line.onRequest = () => 'pass';
    assert.deepEqual(counts(await own.run(plan)), { refused, done: notTried });
    assert.deepEqual(counts(await own.run(plan, { retryRefused: true })), { done: 60 });
  });

  it('is refused by a read-only connection before anything is written or sent', async () => {
    const plan = await planOf([two(0), grouped(0)]);
    const demanded: string[] = [];
    const client = Object.create(own.window.client, {
      demand: {
        value: (command: string) => {
          demanded.push(command);
          throw new Error('read-only');
        },
      },
    }) as typeof own.window.client;
    await assert.rejects(own.run(plan, { client }), /read-only/);
    assert.deepEqual([demanded, sizeOfTwo()], [[ONE], 0]);
    assert.deepEqual((await own.store.head(plan.id))?.state, { kind: 'ready' });
  });

  it('says in its report what the journal says, and what was left out', async () => {
    const plan = await planOf([two(1), '5', two(0), two(1), grouped(0)]);
    own.window.line.onRequest = ({ command, body }) =>
      command === ONE && body.includes('two 0"') ? 90012 : 'pass';
    const end = await own.run(plan);
    assert.ok(end.kind === 'ended');
    const read = JSON.parse(reportJson(plan, end.report, (reason) => `Why: ${reason}`)) as {
      messages: { item: number; end: string; ErrorCode?: number; MsgSeq?: number; From_Account: string }[];
      leftOut: { item: number; reason: string }[];
    };
    assert.deepEqual(
      read.messages.map(({ item, end: how, ErrorCode, From_Account }) => [
        item,
        how,
        ErrorCode,
        From_Account,
      ]),
      [
        [3, 'refused', 90012, 'alice'],
        [5, 'done', undefined, 'bob'],
        [1, 'done', undefined, 'alice'],
      ],
    );
    assert.deepEqual(
      read.leftOut.map(({ item, reason }) => [item, reason]),
      [
        [undefined, 'Why: notAMessage'],
        [4, 'Why: doubled'],
      ],
    );
    const lines = reportCsv(plan, end.report, () => 'Why').split('\r\n');
    assert.equal(
      lines[0],
      'item,From_Account,To_Account,MsgKey,GroupId,TopicId,MsgSeq,end,ErrorCode,ErrorInfo,revision,reason',
    );
    assert.match(lines[2] ?? '', /^5,bob,,,g,,1,done,,,[^,]+,$/);
    assert.match(lines[5] ?? '', /^4,alice,bob,1_7_\d+,,,,leftOut,,,,Why$/);
    assert.equal(lines.length, 7);
  });
});
