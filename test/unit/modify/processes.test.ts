import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { ChatClient } from '../../../src/chat/client';
import type { MessageContent } from '../../../src/chat/chatMessage';
import { Journal, type JournalProblem } from '../../../src/journal/journal';
import { intendedContent, type Revision } from '../../../src/journal/revision';
import { sameContent } from '../../../src/message/changes';
import { Modifier } from '../../../src/modify/modifier';
import type { ChildTask } from '../../support/modifyChild';
import { sameAddress, type MessageAddress } from '../../../src/chat/address';
import { ModifyWorld } from '../../support/modifyWorld';

const soak = process.env.SOAK === '1';
const kills = soak ? 150 : 6;

/** Real processes, a real disk, and the kill that cannot be caught. */
describe('Two processes on one message', function () {
  this.timeout(soak ? 600_000 : 360_000);

  const child = path.resolve('out/modifyChild.cjs');
  const children = new Set<ChildProcess>();
  let world: ModifyWorld<MessageAddress>;

  before(() =>
    build({
      entryPoints: ['test/support/modifyChild.ts'],
      outfile: child,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      alias: { 'tls-sig-api-v2': 'tls-sig-api-v2/TLSSigAPIv2.js' },
      logLevel: 'error',
    }),
  );
  beforeEach(async () => {
    const content: MessageContent = { msgBody: '[]', cloudCustomData: '"kept"' };
    // Two messages only, one of two users and one of a group, so that they get in each other's way.
    world = await ModifyWorld.startMixed([content, content]);
  });
  afterEach(async () => {
    for (const process of children) process.kill('SIGKILL');
    await world.stop();
  });

  it('write down what they overwrite, keep off each other, and leave nothing in doubt when killed', async () => {
    const folder = path.join(world.folder, 'journal');
    const { app, secretKey } = world.sandbox;
    const task: Omit<ChildTask, 'name'> = {
      app,
      secretKey,
      connection: world.connection('test'),
      addresses: world.addresses,
      journal: folder,
      locks: path.join(world.folder, 'locks'),
    };
    const violations: string[] = [];
    const onDisk = (): Revision[] => {
      const connection = path.join(folder, task.connection.id);
      const names = (place: string): string[] => {
        const found = readdirSync(path.join(connection, place)).filter((name) => /^\d.*\.json$/.test(name));
        return found.map((name) => path.join(connection, place, name));
      };
      return names('unfinished').flatMap((file) => {
        try {
          return [JSON.parse(readFileSync(file, 'utf8')) as Revision];
        } catch {
          // Settled between the listing and the reading.
          return [];
        }
      });
    };
    world.onOwnChange = ({ address, previous, next }) => {
      const noted = onDisk().some(
        (revision) =>
          sameAddress(revision.address, address) &&
          revision.before !== null &&
          sameContent(revision.before, previous) &&
          sameContent(intendedContent(revision), next),
      );
      if (!noted) violations.push(`overwritten without a copy on the disk: ${JSON.stringify(previous)}`);
    };
    const errors: unknown[] = [];
    const start = (name: string): ChildProcess => {
      const process = fork(child, [JSON.stringify({ ...task, name } satisfies ChildTask)], { execArgv: [] });
      children.add(process);
      process.on('message', (error) => errors.push(error));
      process.on('exit', () => children.delete(process));
      return process;
    };
    const running = [start('a0'), start('b0')];
    for (let index = 1; index <= kills; index += 1) {
      const changes = world.ownChanges.length;
      while (world.ownChanges.length < changes + 4 && errors.length === 0) await pause(5);
      await pause(Math.random() * 60);
      const victim = running.shift()!;
      const exit = new Promise((resolve) => victim.once('exit', resolve));
      victim.kill('SIGKILL');
      await exit;
      running.push(start(`${index % 2 === 0 ? 'a' : 'b'}${index}`));
    }
    for (const process of running) {
      const exit = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await exit;
    }
    // What had left before they died still arrives; a timer may come before it on a machine that stalls, twice it does not.
    for (let before = -1, same = 0; same < 3; before = world.ownChanges.length) {
      await pause(100);
      same = world.ownChanges.length === before ? same + 1 : 0;
    }
    assert.deepEqual(errors, []);
    assert.deepEqual(violations, []);

    const problems: JournalProblem[] = [];
    const journal = new Journal(folder, { onProblem: (problem) => problems.push(problem) });
    const client = new ChatClient(app, { kind: 'secretKey', secretKey });
    const modifier = new Modifier({ journal, lockFolder: task.locks, asksInTest: () => false });
    const { left, settled } = await modifier.settle(() => Promise.resolve(client));
    client.dispose();
    assert.deepEqual(left, []);
    assert.deepEqual(await journal.unfinished(), []);
    assert.deepEqual(problems, []);
    const revisions = await journal.list();
    for (const { address, previous } of world.ownChanges) {
      const kept = revisions.some(
        (revision) =>
          sameAddress(revision.address, address) &&
          revision.before !== null &&
          sameContent(revision.before, previous),
      );
      assert.ok(kept, `not in the journal: ${JSON.stringify(previous)}`);
    }
    if (soak)
      console.log(`        ${kills} kills, ${world.ownChanges.length} changes, ${settled.length} settled`);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
