import assert from 'node:assert/strict';
import type { Environment } from '../../src/journal/revision';
import { outgoingOf, type Outgoing } from '../../src/outgoing/outgoing';
import type { SendOutcome, SendQuestions } from '../../src/sending/sendRequest';
import { Sender, type SendRunOptions } from '../../src/sending/sender';
import { UnsentStore } from '../../src/sending/unsentStore';
import type { ModifyWorld, Window } from './modifyWorld';

/** The calls that send. */
export const sendingCalls: ReadonlySet<string> = new Set([
  'openim/sendmsg',
  'openim/batchsendmsg',
  'openim/importmsg',
  'group_open_http_svc/send_group_msg',
  'group_open_http_svc/import_group_msg',
]);

/** What a window sends with: its disk, its journal, its line. */
export class SendingWindow {
  readonly unsent: UnsentStore;
  readonly sender: Sender;
  readonly troubles: unknown[] = [];

  constructor(
    private readonly world: Pick<ModifyWorld, 'connection'>,
    readonly window: Window,
  ) {
    this.unsent = new UnsentStore('/unsent', window.files, () => window.timing.now());
    this.sender = new Sender({
      journal: window.journal,
      locks: window.modifier.locks,
      documents: this.unsent,
      timing: window.timing,
      onJournalError: (error) => this.troubles.push(error),
    });
  }

  /** Makes a document of these members. @returns its id */
  async write(members: Readonly<Record<string, unknown>>): Promise<string> {
    return (await this.unsent.create('c0ffee', JSON.stringify(members, null, 2))).id;
  }

  /** Sends a document as a person does. */
  async send(
    document: string,
    again: SendQuestions['again'] = () => Promise.reject(new Error('nothing is to be asked')),
    options: SendRunOptions & { readonly environment?: Environment; readonly outgoing?: Outgoing } = {},
  ): Promise<SendOutcome> {
    const outgoing = options.outgoing ?? outgoingOf((await this.unsent.read(document))?.text ?? '{}');
    assert.ok(outgoing);
    const { client } = this.window;
    const connection = this.world.connection(options.environment ?? 'test');
    return this.sender.run({ connection, client, document, outgoing }, { again }, options);
  }

  settle() {
    return this.sender.settle(() => Promise.resolve(this.window.client));
  }
}
