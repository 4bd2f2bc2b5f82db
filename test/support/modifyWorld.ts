import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { ChatClient } from '../../src/chat/client';
import {
  addressKey,
  c2cAddress,
  groupAddress,
  sameAddress,
  type C2cAddress,
  type MessageAddress,
} from '../../src/chat/address';
import type { MessageContent } from '../../src/chat/chatMessage';
import type { FileLayer } from '../../src/files/fileLayer';
import { Journal, type JournalProblem } from '../../src/journal/journal';
import type { Environment, Revision, RevisionConnection } from '../../src/journal/revision';
import { revisionFrom } from '../../src/journal/revisionFile';
import { sameContent } from '../../src/message/changes';
import { MessageLocks, type LockOwner } from '../../src/modify/lock';
import { Modifier } from '../../src/modify/modifier';
import { nodeTiming, type Timing } from '../../src/modify/timing';
import { readSeed } from '../../src/sandbox/seed/seedFormat';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/server';
import { FaultyLine } from './faultyLine';
import { groupSeed } from './groups';
import { Life, mortalFiles } from './mortal';
import { TornFiles } from './tornFiles';

const users = ['alice', 'bob'] as const;

/** What a window was told to ask about, and how long it waits for another one. */
export interface WindowOptions {
  readonly asksInTest?: boolean;
  readonly asksForGood?: boolean;
  readonly lockWaitMs?: number;
}

/** A change that came through the client, as the sandbox saw it. */
export interface OwnChange<Address extends MessageAddress = MessageAddress> {
  readonly address: Address;
  readonly previous: MessageContent;
  readonly next: MessageContent;
  /** Unfinished revisions of the message that were on the disk at that moment. */
  readonly journaled: readonly Revision[];
}

/** The group of the messages that are of a group, and of those, the second half's topic. */
const GROUP = 'g';
const TOPIC = 't';

/**
 * The real sandbox with a few messages, a disk that may lose what was not synced, and windows (processes) that may
 * die. It notes every change that windows make, with what the disk held at that moment.
 */
export class ModifyWorld<Address extends MessageAddress = C2cAddress> {
  readonly disk = new TornFiles();
  readonly ownChanges: OwnChange<Address>[] = [];
  /** Called with each change that came through a client, at the moment of it. */
  onOwnChange: (change: OwnChange<Address>) => void = () => undefined;
  private readonly shown = new Map<string, MessageContent>();
  private foreign = false;
  /** What the files held that were unfinished when somebody last looked. */
  private readTexts: ReadonlyMap<string, readonly Revision[]> = new Map();
  private pids = 1000;
  private readonly living = new Set<number>();
  private readonly windows: Window[] = [];

  private constructor(
    readonly sandbox: RunningSandbox,
    readonly folder: string,
    readonly addresses: readonly Address[],
  ) {
    sandbox.store.onChange((change) => {
      if (change.kind !== 'modified' && change.kind !== 'groupModified') return;
      // The sandbox has no other messages than those.
      const address = (
        change.kind === 'modified'
          ? c2cAddress(change.from, change.to, change.key)
          : groupAddress(change.group, change.seq, change.topic)
      ) as Address;
      const name = addressKey(address);
      const previous = this.shown.get(name) ?? {};
      const next: MessageContent = {
        ...previous,
        ...(change.body !== undefined && { msgBody: change.body }),
        ...(change.cloud !== undefined && { cloudCustomData: change.cloud }),
      };
      this.shown.set(name, next);
      if (this.foreign) return;
      const own = { address, previous, next, journaled: this.journaled(address) };
      this.ownChanges.push(own);
      this.onOwnChange(own);
    });
  }

  /** With messages of two users. */
  static start(contents: readonly MessageContent[]): Promise<ModifyWorld> {
    const time = Math.floor(Date.now() / 1000) - 3600;
    return ModifyWorld.with(
      contents,
      contents.map((_, index) =>
        c2cAddress(users[index % 2]!, users[(index + 1) % 2]!, `${index + 1}_${index + 100}_${time + index}`),
      ),
    );
  }

  /** With messages of two users, of a group and of a topic by turns. */
  static startMixed(contents: readonly MessageContent[]): Promise<ModifyWorld<MessageAddress>> {
    const time = Math.floor(Date.now() / 1000) - 3600;
    const address = (index: number): MessageAddress => {
      if (index % 3 === 0) return c2cAddress('alice', 'bob', `${index + 1}_${index + 100}_${time + index}`);
      return groupAddress(GROUP, index + 1, index % 3 === 1 ? undefined : TOPIC);
    };
    return ModifyWorld.with(
      contents,
      contents.map((_, index) => address(index)),
    );
  }

  private static async with<Address extends MessageAddress>(
    contents: readonly MessageContent[],
    addresses: readonly Address[],
  ): Promise<ModifyWorld<Address>> {
    const sandbox = await startSandbox({ settings: { limits: false } });
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'modify-'));
    const { store } = sandbox;
    store.replace(readSeed(groupSeed({ id: GROUP, topics: [TOPIC] })));
    const world = new ModifyWorld(sandbox, folder, addresses);
    for (const [index, content] of contents.entries()) {
      const address = addresses[index]!;
      const { msgBody: body = '[]', cloudCustomData: cloud } = content;
      const rest = { random: index + 100, body, ...(cloud !== undefined && { cloud }) };
      const time = Math.floor(Date.now() / 1000) - 3600 + index;
      if (address.chat === 'c2c') {
        const [seq, , sent] = address.key.split('_').map(Number);
        const { from, to } = address;
        store.change({ kind: 'message', message: { from, to, seq: seq!, time: sent!, ...rest } });
      } else {
        const { seq, topic } = address;
        const place = { group: GROUP, ...(topic !== undefined && { topic }) };
        store.change({ kind: 'groupMessage', ...place, message: { seq, from: 'alice', time, ...rest } });
      }
      world.shown.set(addressKey(address), content);
    }
    return world;
  }

  /** What the service shows. */
  content(address: MessageAddress): MessageContent {
    return this.shown.get(addressKey(address)) ?? {};
  }

  /** A colleague changes the message behind the tool's back. */
  change(address: MessageAddress, content: MessageContent): void {
    const { msgBody: body, cloudCustomData: cloud } = content;
    const members = { ...(body !== undefined && { body }), ...(cloud !== undefined && { cloud }) };
    this.foreign = true;
    try {
      this.sandbox.store.change(
        address.chat === 'c2c'
          ? { kind: 'modified', ...address, ...members }
          : { kind: 'groupModified', ...address, ...members },
      );
    } finally {
      this.foreign = false;
    }
  }

  connection(environment: Environment): RevisionConnection {
    const { endpoint, sdkAppId, administrator } = this.sandbox.app;
    return { id: 'c0ffee', name: 'Test app', endpoint, sdkAppId, administrator, environment };
  }

  /** Opens a window: a process of its own on the same disk. */
  async open(options: WindowOptions = {}): Promise<Window> {
    const pid = (this.pids += 1);
    this.living.add(pid);
    const line = await FaultyLine.start(this.sandbox.url);
    const window = new Window(this, pid, line, options);
    this.windows.push(window);
    return window;
  }

  isRunning(pid: number): boolean {
    return this.living.has(pid);
  }

  died(pid: number): void {
    this.living.delete(pid);
  }

  async stop(): Promise<void> {
    for (const window of this.windows) await window.close();
    await this.sandbox.stop();
    await fs.rm(this.folder, { recursive: true, force: true });
  }

  private journaled(address: MessageAddress): Revision[] {
    const texts = [...this.disk.files()].filter(([file]) => /\/unfinished\/[^/]*Z-[^/]*\.json$/.test(file));
    const read = new Map(texts.map(([, text]) => [text, this.readTexts.get(text) ?? revisionsIn(text)]));
    // A plan has many messages in one file, which is asked for at each of them.
    this.readTexts = read;
    return [...read.values()].flat().filter((revision) => sameAddress(revision.address, address));
  }
}

/** One window of the editor, with its own client and its own line to the service. It can die at any moment. */
export class Window {
  readonly life = new Life();
  readonly client: ChatClient;
  readonly journal: Journal;
  readonly modifier: Modifier;
  readonly problems: JournalProblem[] = [];
  readonly timing: Timing;
  readonly files: FileLayer;
  /** How this window knows its own and other processes. */
  readonly owner: LockOwner;
  /** Milliseconds waited in all, whatever the clock was set to. */
  slept = 0;
  private time = Date.now();

  constructor(
    private readonly world: Pick<ModifyWorld, 'disk' | 'folder' | 'sandbox' | 'isRunning' | 'died'>,
    private readonly pid: number,
    readonly line: FaultyLine,
    options: WindowOptions,
  ) {
    const { life } = this;
    this.files = mortalFiles(world.disk, life);
    this.timing = {
      now: () => this.time,
      steady: () => this.slept,
      random: () => 0.5,
      sleep: async (ms, signal) => {
        await life.step();
        if (signal?.aborted) return;
        this.time += ms;
        this.slept += ms;
      },
    };
    this.owner = {
      pid,
      start: (of) => Promise.resolve(world.isRunning(of) ? `start of ${of}` : undefined),
      isRunning: (of) => world.isRunning(of),
    };
    const { sandbox } = world;
    this.client = new ChatClient(
      { ...sandbox.app, endpoint: line.url },
      { kind: 'secretKey', secretKey: sandbox.secretKey },
      // Waits take no time here, so that an answer of a busy machine must not count as lost: the line alone loses them.
      { timeoutMs: 10 * 60_000 },
    );
    // The disk is slow in real time, whatever the window's clock says.
    const locks = new MessageLocks(path.join(world.folder, 'journal-locks'), nodeTiming, this.owner);
    this.journal = new Journal('/journal', {
      exclusively: (group, work) => locks.exclusively(group, work),
      layer: this.files,
      now: () => this.time,
      onProblem: (problem) => this.problems.push(problem),
    });
    this.modifier = new Modifier({
      journal: this.journal,
      lockFolder: path.join(world.folder, 'locks'),
      lockWaitMs: options.lockWaitMs ?? 0,
      asksInTest: () => options.asksInTest ?? true,
      asksForGood: () => options.asksForGood ?? false,
      timing: this.timing,
      owner: this.owner,
    });
    life.onDeath = () => {
      world.died(pid);
      line.onRequest = () => 'dropBefore';
    };
  }

  /** Sets the clock. */
  jump(ms: number): void {
    this.time += ms;
  }

  async close(): Promise<void> {
    this.life.end();
    this.world.died(this.pid);
    this.client.dispose();
    await this.line.stop();
  }
}

/** The revisions of one file of the journal, or of one group. */
export function revisionsIn(text: string): Revision[] {
  const record = JSON.parse(text) as Record<string, unknown> & { revisions?: Record<string, unknown>[] };
  return (record.revisions ?? [record]).flatMap((one) => revisionFrom(one) ?? []);
}

/** True when one of the contents is the wanted one, as a value. */
export function includes(contents: readonly MessageContent[], wanted: MessageContent): boolean {
  return contents.some((content) => sameContent(content, wanted));
}
