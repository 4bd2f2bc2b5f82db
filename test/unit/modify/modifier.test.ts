import assert from 'node:assert/strict';
import { ChatNetworkError, ChatServiceError } from '../../../src/chat/errors';
import type { MessageAddress, MessageContent } from '../../../src/chat/model';
import type { Environment } from '../../../src/journal/revision';
import { sameContent } from '../../../src/message/changes';
import { formatMessage } from '../../../src/message/document';
import type {
  ConflictChoice,
  ModifyChange,
  ModifyOutcome,
  ModifyQuestions,
  ModifyRequest,
  ModifyRunOptions,
  ModifyStep,
} from '../../../src/modify/model';
import { ModifyWorld, type Window } from '../../support/modifyWorld';
import type { LineAction } from '../../support/faultyLine';

const READ = 'openim/admin_getroammsg';
const MODIFY = 'openim/modify_c2c_msg';

function text(words: string, cloud?: string): MessageContent {
  const msgBody = JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]);
  return { msgBody, ...(cloud !== undefined && { cloudCustomData: JSON.stringify(cloud) }) };
}

function compact({ msgBody = '[]', cloudCustomData }: MessageContent): string {
  const cloud = cloudCustomData === undefined ? '' : `,"CloudCustomData":${cloudCustomData}`;
  return `{"MsgBody":${msgBody}${cloud}}`;
}

describe('Modifier', () => {
  const base = text('old', 'data');
  const mine = text('new', 'data');
  let world: ModifyWorld;
  let window: Window;
  let address: MessageAddress;
  /** Questions in the order they were asked. */
  let asked: string[];
  let confirmed: ModifyChange[];
  let commands: string[];

  beforeEach(async () => {
    world = await ModifyWorld.start([base, base]);
    window = await world.open();
    address = world.addresses[0]!;
    asked = [];
    confirmed = [];
    commands = [];
    window.line.onRequest = ({ command }) => {
      commands.push(command);
      return 'pass';
    };
  });
  afterEach(() => world.stop());

  const questions = (over: Partial<ModifyQuestions> = {}): ModifyQuestions => {
    const note =
      <A extends unknown[], R>(name: string, answer: (...args: A) => R) =>
      (...args: A): R => {
        asked.push(name);
        return answer(...args);
      };
    const all: ModifyQuestions = {
      problems: () => Promise.resolve('cancel'),
      conflict: () => Promise.resolve('cancel'),
      unreadable: () => Promise.resolve('cancel'),
      confirm: (change) => {
        confirmed.push(change);
        return Promise.resolve('modify');
      },
      ...over,
    };
    return {
      problems: note('problems', all.problems),
      conflict: note('conflict', all.conflict),
      unreadable: note('unreadable', all.unreadable),
      confirm: note('confirm', all.confirm),
    };
  };
  const request = (
    content: MessageContent | string = mine,
    over: Partial<ModifyRequest> = {},
  ): ModifyRequest => ({
    connection: world.connection('sandbox'),
    client: window.client,
    address,
    text: typeof content === 'string' ? content : compact(content),
    base,
    ...over,
  });
  const run = (
    wanted: ModifyRequest = request(),
    answers: ModifyQuestions = questions(),
    options: ModifyRunOptions = {},
  ): Promise<ModifyOutcome> => window.modifier.run(wanted, answers, options);
  const states = async (): Promise<string[]> =>
    (await window.journal.list()).map(({ outcome: { state, code } }) =>
      code === undefined ? state : `${state} ${code}`,
    );
  /** The line does this to the next calls of a command, then passes. */
  const line = (command: string, ...actions: LineAction[]): void => {
    const before = window.line.onRequest;
    window.line.onRequest = async (sent) => {
      const action = await before(sent);
      return sent.command === command ? (actions.shift() ?? action) : action;
    };
  };
  const expectKind = <K extends ModifyOutcome['kind']>(
    outcome: ModifyOutcome,
    kind: K,
  ): Extract<ModifyOutcome, { kind: K }> => {
    assert.equal(outcome.kind, kind, JSON.stringify(outcome));
    return outcome as Extract<ModifyOutcome, { kind: K }>;
  };

  it('reads, journals, modifies, reads back', async () => {
    const steps: ModifyStep[] = [];
    const outcome = expectKind(
      await run(request(), questions(), { onProgress: (step) => steps.push(step) }),
      'done',
    );
    assert.deepEqual(outcome.content, mine);
    assert.deepEqual([outcome.differs, outcome.shown], [false, true]);
    assert.deepEqual(world.content(address), mine);
    assert.deepEqual(commands, [READ, MODIFY, READ]);
    assert.deepEqual(steps, ['checking', 'waiting', 'reading', 'journal', 'sending', 'readingBack']);
    assert.deepEqual(asked, []);
    const [revision, ...others] = await window.journal.list();
    assert.equal(others.length, 0);
    assert.equal(revision?.id, outcome.revisionId);
    assert.deepEqual(revision.before, base);
    assert.deepEqual(revision.intent, { msgBody: mine.msgBody });
    assert.equal(revision.outcome.state, 'done');
    assert.deepEqual(revision.outcome.readBack, mine);
  });

  it('has before-image and intent on the disk when the service gets the request', async () => {
    await run();
    const [change] = world.ownChanges;
    assert.equal(change?.journaled.length, 1);
    assert.deepEqual(change.journaled[0]?.before, base);
    assert.equal(change.journaled[0].outcome.state, 'pending');
  });

  it('sends only the member that changed, byte for byte', async () => {
    const bodies: string[] = [];
    const before = window.line.onRequest;
    window.line.onRequest = (sent) => {
      if (sent.command === MODIFY) bodies.push(sent.body);
      return before(sent);
    };
    expectKind(
      await run(request('{ "CloudCustomData" : "{\\"n\\":12345678901234567,\\"s\\":\\"a\\/b\\"}" }')),
      'done',
    );
    assert.equal(bodies.length, 1);
    const [body = ''] = bodies;
    assert.ok(body.includes('"{\\"n\\":12345678901234567,\\"s\\":\\"a\\/b\\"}"'), body);
    assert.ok(!body.includes('MsgBody'));
    assert.deepEqual(world.content(address), {
      ...base,
      cloudCustomData: '"{\\"n\\":12345678901234567,\\"s\\":\\"a\\/b\\"}"',
    });
  });

  it('does nothing for a text that differs in layout only, or leaves members out', async () => {
    for (const same of [`${formatMessage(base)}\n\n`, '{}', `{"MsgBody":${base.msgBody ?? ''}}`]) {
      expectKind(await run(request(same)), 'nothingToDo');
    }
    assert.deepEqual(commands, []);
  });

  it('stops at errors, broken JSON for good and others unless sent anyway', async () => {
    const broken = expectKind(await run(request('{ "MsgBody": [')), 'invalid');
    assert.ok(broken.problems.length > 0);
    assert.deepEqual(asked, []);
    const wrong = '{ "MsgBody": {"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}} }';
    expectKind(await run(request(wrong)), 'invalid');
    assert.deepEqual(asked, ['problems']);
    assert.deepEqual(commands, []);
    const refused = expectKind(
      await run(request(wrong), questions({ problems: () => Promise.resolve('sendAnyway') })),
      'refused',
    );
    assert.equal(refused.error.code, 90007);
    assert.deepEqual(Object.keys(refused.sent), ['msgBody']);
    assert.deepEqual(await states(), ['refused 90007']);
    assert.deepEqual(world.content(address), base);
  });

  describe('comparing', () => {
    const theirs = text('theirs', 'theirs');

    it('sends nothing when somebody else changed the message', async () => {
      for (const choice of ['takeService', 'mergeByHand', 'cancel'] as ConflictChoice[]) {
        world.change(address, theirs);
        const outcome = expectKind(
          await run(request(), questions({ conflict: () => Promise.resolve(choice as 'cancel') })),
          'conflict',
        );
        assert.deepEqual([outcome.choice, outcome.service], [choice, theirs]);
      }
      assert.deepEqual(world.content(address), theirs);
      assert.deepEqual(await states(), []);
      assert.ok(!commands.includes(MODIFY));
    });

    it('overwrites with Keep Mine what the person saw, and keeps that', async () => {
      world.change(address, theirs);
      const keepMine = questions({
        conflict: ({ base: from, mine: wanted, service }) => {
          assert.deepEqual([from, service], [base, theirs]);
          assert.equal(JSON.parse(wanted.cloudCustomData ?? ''), 'data');
          return Promise.resolve('keepMine');
        },
      });
      expectKind(await run(request(), keepMine), 'done');
      assert.deepEqual((await window.journal.list())[0]?.before, theirs);
      assert.deepEqual(world.content(address), mine);
    });

    it('asks again when the message changes while the person decides', async () => {
      world.change(address, theirs);
      const seen: MessageContent[] = [];
      const outcome = await run(
        request(),
        questions({
          conflict: ({ service }) => {
            seen.push(service);
            if (seen.length === 1) world.change(address, text('once more', 'theirs'));
            return Promise.resolve(seen.length === 1 ? 'keepMine' : 'cancel');
          },
        }),
      );
      expectKind(outcome, 'conflict');
      assert.deepEqual(seen, [theirs, text('once more', 'theirs')]);
      assert.ok(!commands.includes(MODIFY));
    });

    it('compares as values, not as text', async () => {
      world.change(address, {
        msgBody: ` ${base.msgBody ?? ''.replace(':', ' : ')} `,
        cloudCustomData: '"\\u0064ata"',
      });
      expectKind(await run(), 'done');
      assert.deepEqual(asked, []);
    });

    it('has nothing to do when somebody else made the same change', async () => {
      world.change(address, mine);
      assert.deepEqual(expectKind(await run(), 'nothingToDo').content, mine);
      assert.deepEqual(asked, []);
    });

    it('says when the message was recalled, is gone, or has no key', async () => {
      world.sandbox.store.change({ kind: 'recalled', ...address });
      assert.equal(expectKind(await run(), 'gone').why, 'recalled');
      const gone = { ...address, key: '77_77_1700000000' };
      assert.equal(expectKind(await run(request(mine, { address: gone })), 'gone').why, 'gone');
      const wrong = { ...address, key: 'no key' };
      assert.equal(expectKind(await run(request(mine, { address: wrong })), 'gone').why, 'gone');
      assert.ok(!commands.includes(MODIFY));
    });

    it('finds a message that only its receiver still has', async () => {
      world.sandbox.store.change({
        kind: 'hidden',
        owner: address.from,
        peer: address.to,
        keys: [address.key],
      });
      expectKind(await run(), 'done');
    });

    it('modifies what cannot be read only when told to, and then journals that there is no copy', async () => {
      const unreadable: LineAction[] = Array<LineAction>(20).fill(91000);
      line(READ, ...unreadable);
      expectKind(await run(), 'cancelled');
      assert.deepEqual(asked, ['unreadable']);
      assert.ok(!commands.includes(MODIFY));
      line(READ, ...Array<LineAction>(6).fill('gatewayBefore'));
      const anyway = questions({ unreadable: () => Promise.resolve('withoutCopy') });
      const outcome = expectKind(await run(request(), anyway), 'done');
      assert.deepEqual(asked, ['unreadable', 'unreadable']);
      const revision = await window.journal.get(outcome.revisionId);
      assert.equal(revision?.before, null);
      assert.deepEqual(world.content(address), mine);
    });

    it('gives the code when reading is refused, and the error when nobody answers', async () => {
      line(READ, 90009);
      const refused = expectKind(await run(), 'refused');
      assert.deepEqual([refused.error.code, refused.error.command, refused.sent], [90009, READ, {}]);
      await window.line.stop();
      const unreachable = expectKind(await run(), 'unreachable');
      assert.equal(unreachable.error.reason, 'unreachable');
      assert.deepEqual(await states(), []);
      assert.deepEqual(asked, []);
    });
  });

  describe('confirming', () => {
    let modified = 0;
    beforeEach(() => (modified = 0));
    const at = async (environment: Environment, over: Partial<ModifyRequest> = {}): Promise<string[]> => {
      asked = [];
      const content = text(`${environment} ${(modified += 1)}`, 'data');
      const outcome = await run(
        request(content, {
          connection: world.connection(environment),
          base: world.content(address),
          ...over,
        }),
      );
      expectKind(outcome, 'done');
      return asked;
    };

    it('never asks in the sandbox, as the shell says in a test app, always in production', async () => {
      assert.deepEqual(await at('sandbox'), []);
      assert.deepEqual(await at('sandbox', { alwaysAsk: true }), ['confirm']);
      assert.deepEqual(await at('test'), ['confirm']);
      assert.deepEqual(await at('production'), ['confirm']);
      window = await world.open({ asksInTest: false });
      assert.deepEqual(await at('test'), []);
      assert.deepEqual(await at('production'), ['confirm']);
    });

    it('shows exactly what will be sent over what', async () => {
      await at('production');
      const [change] = confirmed;
      assert.deepEqual(change?.before, base);
      assert.deepEqual(change.members, ['MsgBody']);
      assert.ok(sameContent(change.after, text('production 1', 'data')));
      assert.deepEqual(change.address, address);
      const [revision] = await window.journal.list();
      assert.deepEqual({ ...base, ...revision?.intent }, change.after);
    });

    it('leaves no trace when the answer is no', async () => {
      const production = request(mine, { connection: world.connection('production') });
      const outcome = await run(production, questions({ confirm: () => Promise.resolve('cancel') }));
      assert.equal(expectKind(outcome, 'cancelled').at, 'asking');
      assert.deepEqual(await states(), []);
      assert.deepEqual(commands, [READ]);
    });

    it('does not overwrite what came while the question stood', async () => {
      const theirs = text('while you thought', 'data');
      const production = request(mine, { connection: world.connection('production') });
      const outcome = await run(
        production,
        questions({
          confirm: () => {
            world.change(address, theirs);
            return Promise.resolve('modify');
          },
        }),
      );
      assert.deepEqual(expectKind(outcome, 'conflict').service, theirs);
      assert.deepEqual(world.content(address), theirs);
    });
  });

  describe('when the call fails', () => {
    for (const code of [20004, 20005, 91000, 90992, 60007]) {
      it(`tries again after ${code}, reading before each try`, async () => {
        line(MODIFY, code, code);
        expectKind(await run(), 'done');
        assert.deepEqual(commands, [READ, MODIFY, READ, MODIFY, READ, MODIFY, READ]);
        assert.deepEqual(await states(), ['done']);
      });
    }

    it('gives up after five tries', async () => {
      line(MODIFY, ...Array<LineAction>(9).fill(91000));
      assert.equal(expectKind(await run(), 'refused').error.code, 91000);
      assert.equal(commands.filter((command) => command === MODIFY).length, 5);
      assert.deepEqual(await states(), ['refused 91000']);
    });

    it('does not repeat a refusal that trying again cannot change', async () => {
      line(MODIFY, 20026);
      const refused = expectKind(await run(), 'refused');
      assert.equal(refused.error.code, 20026);
      assert.deepEqual(commands, [READ, MODIFY]);
    });

    it('does not overwrite what came between two tries', async () => {
      const theirs = text('in between', 'data');
      line(MODIFY, 91000);
      window.line.onCarriedOut = ({ command }) => {
        if (command === MODIFY) world.change(address, theirs);
      };
      expectKind(await run(), 'conflict');
      assert.deepEqual(world.content(address), theirs);
      assert.deepEqual(asked, ['conflict']);
    });

    for (const code of [20027, 20028]) {
      it(`takes ${code} for a conflict, and tries again when there is none`, async () => {
        line(MODIFY, code);
        expectKind(await run(), 'done');
        assert.deepEqual(await states(), ['done', `refused ${code}`]);
        const theirs = text('theirs', 'data');
        line(MODIFY, code);
        let carriedOut = 0;
        window.line.onCarriedOut = ({ command }) => {
          if (command === MODIFY && (carriedOut += 1) === 1) world.change(address, theirs);
        };
        expectKind(await run(request(text('again', 'data'), { base: mine })), 'conflict');
        assert.deepEqual(world.content(address), theirs);
        line(MODIFY, ...Array<LineAction>(9).fill(code));
        const refused = expectKind(await run(request(text('again', 'data'), { base: theirs })), 'refused');
        assert.equal(refused.error.code, code);
      });
    }

    for (const fault of ['dropAfter', 'halfAfter', 'gatewayAfter'] as const) {
      it(`finds that it was done after ${fault}`, async () => {
        line(MODIFY, fault);
        expectKind(await run(), 'done');
        assert.equal(commands.filter((command) => command === MODIFY).length, 1);
        assert.deepEqual(await states(), ['done']);
      });
    }

    for (const fault of ['dropBefore', 'gatewayBefore'] as const) {
      it(`finds that it was not done after ${fault}, and tries again`, async () => {
        line(MODIFY, fault, fault);
        expectKind(await run(), 'done');
        assert.equal(commands.filter((command) => command === MODIFY).length, 3);
        assert.deepEqual(await states(), ['done']);
      });
    }

    it('says that nothing was changed when the network keeps failing', async () => {
      line(MODIFY, ...Array<LineAction>(9).fill('gatewayBefore'));
      const outcome = expectKind(await run(), 'unreachable');
      assert.ok(ChatNetworkError.is(outcome.error));
      assert.deepEqual(await states(), ['notDone']);
      assert.deepEqual(world.content(address), base);
    });

    it('asks when something else is found after a lost answer', async () => {
      const theirs = text('faster', 'data');
      line(MODIFY, 'dropAfter');
      window.line.onCarriedOut = ({ command }) => {
        if (command === MODIFY) world.change(address, theirs);
      };
      expectKind(await run(), 'conflict');
      assert.deepEqual(world.content(address), theirs);
      assert.deepEqual(await states(), ['foreign']);
    });

    it('leaves it in doubt when the message cannot be read, and settles it later', async () => {
      line(MODIFY, 'dropAfter');
      const before = window.line.onRequest;
      let reads = 0;
      window.line.onRequest = async (sent) => {
        if (sent.command === READ && (reads += 1) > 1) return 'gatewayBefore';
        return before(sent);
      };
      const outcome = expectKind(await run(), 'unknown');
      assert.deepEqual(await states(), ['unknown']);
      const unreadable = await window.modifier.settle(() => Promise.resolve(window.client));
      assert.deepEqual(
        unreadable.left.map(({ why }) => why),
        ['unreadable'],
      );
      window.line.onRequest = () => 'pass';
      const report = await window.modifier.settle(() => Promise.resolve(window.client));
      assert.deepEqual(report.left, []);
      assert.deepEqual(
        report.settled.map(({ id, outcome: { state } }) => [id, state]),
        [[outcome.revisionId, 'done']],
      );
      assert.deepEqual(await window.journal.unfinished(), []);
    });

    it('shows what the service made of it', async () => {
      window.line.onCarriedOut = ({ command }) => {
        if (command === MODIFY) world.change(address, text('n**', 'data'));
      };
      const outcome = expectKind(await run(), 'done');
      assert.deepEqual([outcome.content, outcome.differs, outcome.shown], [text('n**', 'data'), true, true]);
      assert.deepEqual((await window.journal.list())[0]?.outcome.readBack, text('n**', 'data'));
    });

    it('is done also when it cannot be read back', async () => {
      let modified = false;
      window.line.onRequest = ({ command }) => {
        if (command === MODIFY) modified = true;
        return modified && command === READ ? 'gatewayBefore' : 'pass';
      };
      const outcome = expectKind(await run(), 'done');
      assert.equal(outcome.shown, false);
      assert.deepEqual(JSON.parse(outcome.content.msgBody ?? ''), JSON.parse(mine.msgBody ?? ''));
      assert.deepEqual(await states(), ['done']);
    });
  });

  describe('cancelling', () => {
    it('leaves no trace before the request leaves', async () => {
      for (const at of ['checking', 'waiting', 'reading', 'journal'] as ModifyStep[]) {
        const cancel = new AbortController();
        const outcome = await run(request(), questions(), {
          signal: cancel.signal,
          onProgress: (step) => {
            if (step === at) cancel.abort();
          },
        });
        expectKind(outcome, 'cancelled');
      }
      assert.deepEqual(await states(), []);
      assert.ok(!commands.includes(MODIFY));
      assert.deepEqual(await window.journal.unfinished(), []);
    });

    it('finds out what happened when the request has left', async () => {
      for (const [action, kind] of [
        ['hang', 'done'],
        ['dropBefore', 'cancelled'],
      ] as const) {
        const cancel = new AbortController();
        line(MODIFY, action);
        const before = window.line.onRequest;
        window.line.onRequest = (sent) => {
          if (sent.command === MODIFY) setTimeout(() => cancel.abort(), 50);
          return before(sent);
        };
        const content = text(`cancelled ${kind}`, 'data');
        const outcome = await run(request(content, { base: world.content(address) }), questions(), {
          signal: cancel.signal,
        });
        // A connection that breaks before the cancel shows as such; then the retry is what is cancelled.
        if (kind === 'done') expectKind(outcome, 'done');
        else assert.ok(['cancelled', 'done'].includes(outcome.kind));
      }
      assert.deepEqual(await window.journal.unfinished(), []);
    });
  });

  it('keeps two modifies of one message apart, in one window and in two', async () => {
    const other = await world.open();
    let inside: ModifyOutcome[] = [];
    const outcome = await run(
      request(mine, { connection: world.connection('production') }),
      questions({
        confirm: async () => {
          inside = [
            await window.modifier.run(request(), questions()),
            await other.modifier.run(request(), questions()),
          ];
          return 'modify';
        },
      }),
    );
    expectKind(outcome, 'done');
    assert.deepEqual(
      inside.map((one) => expectKind(one, 'busy').holder.own),
      [true, false],
    );
    expectKind(await other.modifier.run(request(text('next', 'data'), { base: mine }), questions()), 'done');
  });

  it('sends nothing when the journal cannot be written', async () => {
    window.files.open = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    await assert.rejects(run(), /ENOSPC/);
    assert.ok(!commands.includes(MODIFY));
    assert.deepEqual(world.content(address), base);
    // The lock is free again.
    const other = await world.open();
    expectKind(await other.modifier.run(request(), questions()), 'done');
  });

  it('waits for the disk before it sends', async () => {
    const { open } = window.files;
    window.files.open = async (file, flags) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return open(file, flags);
    };
    expectKind(await run(), 'done');
    assert.deepEqual(
      world.ownChanges[0]?.journaled.map(({ before }) => before),
      [base],
    );
  });

  it('tells the end although it could not be written down', async () => {
    const { rename } = window.files;
    window.line.onCarriedOut = ({ command }) => {
      if (command === MODIFY)
        window.files.rename = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
    };
    expectKind(await run(), 'done');
    assert.deepEqual(await states(), ['pending']);
    window.files.rename = rename;
    const { settled } = await window.modifier.settle(() => Promise.resolve(window.client));
    assert.deepEqual(
      settled.map(({ outcome: { state } }) => state),
      ['done'],
    );
  });

  describe('settling', () => {
    const begin = (intent: MessageContent, before: MessageContent | null = base) =>
      window.journal.begin({
        action: 'modify',
        connection: world.connection('production'),
        ...address,
        before,
        intent,
      });
    const settle = async (): Promise<string[]> => {
      const { settled } = await window.modifier.settle(() => Promise.resolve(window.client));
      return settled.map(({ outcome: { state, info } }) => (info === undefined ? state : `${state} ${info}`));
    };
    const { msgBody = '' } = mine;

    it('tells done, not done, and changed by somebody else', async () => {
      await begin({ msgBody });
      assert.deepEqual(await settle(), ['notDone']);
      await begin({ msgBody });
      world.change(address, mine);
      assert.deepEqual(await settle(), ['done']);
      await begin({ msgBody });
      world.change(address, text('theirs'));
      assert.deepEqual(await settle(), ['foreign']);
      assert.deepEqual(await settle(), []);
    });

    it('tells of messages that are recalled or gone', async () => {
      await begin({ msgBody });
      world.sandbox.store.change({ kind: 'recalled', ...address });
      assert.deepEqual(await settle(), ['foreign recalled']);
      await begin({ msgBody });
      for (const owner of [address.from, address.to]) {
        const peer = owner === address.from ? address.to : address.from;
        world.sandbox.store.change({ kind: 'hidden', owner, peer, keys: [address.key] });
      }
      assert.deepEqual(await settle(), ['foreign gone']);
    });

    it('judges an older one by what the next one saw', async () => {
      await begin({ msgBody });
      await begin({ cloudCustomData: '"newer"' }, mine);
      world.change(address, { ...mine, cloudCustomData: '"newer"' });
      assert.deepEqual(await settle(), ['done', 'done']);
    });

    it('leaves those alone that another window is at, and those without a client', async () => {
      await begin({ msgBody });
      const none = await window.modifier.settle(() => Promise.resolve(undefined));
      assert.deepEqual(
        none.left.map(({ why }) => why),
        ['noClient'],
      );
      const failing = await window.modifier.settle(() => Promise.reject(new Error('no secret')));
      assert.deepEqual(
        failing.left.map(({ why }) => why),
        ['noClient'],
      );
      const other = await world.open();
      const asking = questions({
        confirm: async () => {
          await begin({ msgBody: '[]' });
          const { left } = await window.modifier.settle(() => Promise.resolve(window.client));
          assert.deepEqual(
            left.map(({ why }) => why),
            ['busy'],
          );
          return 'cancel';
        },
      });
      const wanted = request(text('held', 'data'), { alwaysAsk: true, client: other.client });
      expectKind(await other.modifier.run(wanted, asking), 'cancelled');
    });

    it('settles what is in doubt about a message when it is modified again', async () => {
      await begin({ msgBody });
      expectKind(await run(), 'done');
      assert.deepEqual(await states(), ['done', 'notDone']);
    });
  });

  it('never shows a secret in an error', async () => {
    line(MODIFY, 70001);
    const outcome = await run();
    const told =
      JSON.stringify(outcome) + String(outcome.kind === 'refused' && ChatServiceError.is(outcome.error));
    assert.ok(!told.includes(world.sandbox.secretKey));
  });
});
