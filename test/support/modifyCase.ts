import assert from 'node:assert/strict';
import type { C2cAddress } from '../../src/chat/address';
import type { MessageContent } from '../../src/chat/chatMessage';
import type {
  ModifyChange,
  ModifyOutcome,
  ModifyQuestions,
  ModifyRequest,
  ModifyRunOptions,
} from '../../src/modify/modifyRequest';
import type { LineAction } from './faultyLine';
import { ModifyWorld, type Window } from './modifyWorld';

export const READ = 'openim/admin_getroammsg';
export const MODIFY = 'openim/modify_c2c_msg';

/** A message of one text element, with `CloudCustomData` when given. */
export function text(words: string, cloud?: string): MessageContent {
  const msgBody = JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]);
  return { msgBody, ...(cloud !== undefined && { cloudCustomData: JSON.stringify(cloud) }) };
}

/** What the message is at first, and what most cases want it to be. */
export const base = text('old', 'data');
export const mine = text('new', 'data');

export function expectKind<K extends ModifyOutcome['kind']>(
  outcome: ModifyOutcome,
  kind: K,
): Extract<ModifyOutcome, { kind: K }> {
  assert.equal(outcome.kind, kind, JSON.stringify(outcome));
  return outcome as Extract<ModifyOutcome, { kind: K }>;
}

/** One message on the real sandbox and a window that modifies it; notes what is asked and called. */
export class ModifyCase {
  /** Names of the questions in the order they were asked. */
  asked: string[] = [];
  readonly confirmed: ModifyChange[] = [];
  /** Commands that the window sent. */
  readonly commands: string[] = [];
  /** The bodies of the requests that modify. */
  readonly modifies: string[] = [];

  private constructor(
    readonly world: ModifyWorld,
    public window: Window,
    readonly address: C2cAddress,
  ) {
    window.line.onRequest = ({ command, body }) => {
      this.commands.push(command);
      if (command === 'openim/modify_c2c_msg') this.modifies.push(body);
      return 'pass';
    };
  }

  static async start(): Promise<ModifyCase> {
    const world = await ModifyWorld.start([base]);
    return new ModifyCase(world, await world.open(), world.addresses[0]!);
  }

  stop(): Promise<void> {
    return this.world.stop();
  }

  /** Confirms, and cancels everything else, unless told otherwise. */
  questions(over: Partial<ModifyQuestions> = {}): ModifyQuestions {
    const note =
      <A extends unknown[], R>(name: string, answer: (...args: A) => R) =>
      (...args: A): R => {
        this.asked.push(name);
        return answer(...args);
      };
    const all: ModifyQuestions = {
      problems: () => Promise.resolve('cancel'),
      conflict: () => Promise.resolve('cancel'),
      unreadable: () => Promise.resolve('cancel'),
      confirm: (change) => {
        this.confirmed.push(change);
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
  }

  request(content: MessageContent | string = mine, over: Partial<ModifyRequest> = {}): ModifyRequest {
    return {
      connection: this.world.connection('sandbox'),
      client: this.window.client,
      address: this.address,
      text: typeof content === 'string' ? content : documentOf(content),
      base,
      ...over,
    };
  }

  run(
    request: ModifyRequest = this.request(),
    questions: ModifyQuestions = this.questions(),
    options: ModifyRunOptions = {},
  ): Promise<ModifyOutcome> {
    return this.window.modifier.run(request, questions, options);
  }

  /** How the journal says that revisions ended, newest first. */
  async states(): Promise<string[]> {
    const revisions = await this.window.journal.list();
    return revisions.map(({ outcome: { state, code } }) => (code === undefined ? state : `${state} ${code}`));
  }

  /** The line does this to the next calls of a command, and to the others what it did before. */
  line(command: string, ...actions: LineAction[]): void {
    const before = this.window.line.onRequest;
    this.window.line.onRequest = async (sent) => {
      const action = await before(sent);
      return sent.command === command ? (actions.shift() ?? action) : action;
    };
  }
}

function documentOf({ msgBody = '[]', cloudCustomData }: MessageContent): string {
  const cloud = cloudCustomData === undefined ? '' : `,"CloudCustomData":${cloudCustomData}`;
  return `{"MsgBody":${msgBody}${cloud}}`;
}
