import { mkdtemp, rm } from 'node:fs/promises';
import * as http from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Inbox, type InboxSettings } from '../../../src/webhooks/inbox/inbox';
import { EventReader, type KeptEvent } from '../../../src/webhooks/store/eventReader';
import type { AnsweredEvent } from '../../../src/webhooks/store/records';
import { eventually } from '../../support/eventually';

export const SEGMENT = 'f'.repeat(32);

/** An answer as a client sees it. */
export interface Seen {
  readonly status: number;
  readonly text: string;
}

/** An inbox in a folder of its own, spoken to over HTTP. */
export class InboxCase {
  readonly troubles: unknown[] = [];
  port = 0;
  private inbox: Inbox | undefined;

  private constructor(readonly folder: string) {}

  static async make(): Promise<InboxCase> {
    return new InboxCase(await mkdtemp(path.join(tmpdir(), 'inbox-')));
  }

  async start(settings: Partial<InboxSettings> = {}, port = 0): Promise<void> {
    const { inbox, port: got } = await Inbox.start(
      { ...this.settings(settings), folder: this.folder, port },
      { onNews: () => undefined, onStoreError: (error) => this.troubles.push(error) },
    );
    this.inbox = inbox;
    this.port = got;
  }

  settings(settings: Partial<InboxSettings> = {}): InboxSettings {
    return { segment: SEGMENT, hosts: [], rules: '{"rules": []}', trusted: [], ...settings };
  }

  change(settings: Partial<InboxSettings>): void {
    this.inbox?.change(this.settings(settings));
  }

  clear(): void {
    this.inbox?.clear();
  }

  async stop(): Promise<void> {
    await this.inbox?.stop();
    this.inbox = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The address of the inbox with a query. */
  url(search = 'SdkAppid=1400000001&CallbackCommand=C2C.CallbackBeforeSendMsg&contenttype=json'): string {
    return `http://127.0.0.1:${this.port}/webhook/${SEGMENT}?${search}`;
  }

  post(body: string | Buffer, url = this.url(), headers: http.OutgoingHttpHeaders = {}): Promise<Seen> {
    return post(url, body, headers);
  }

  /** What is kept, read anew as another process does. Newest first. */
  async kept(): Promise<readonly KeptEvent[]> {
    const reader = this.reader();
    await reader.refresh();
    return reader.list();
  }

  /** The answer to a webhook once it is written down. */
  answered(number: number): Promise<AnsweredEvent> {
    return eventually(async () => {
      const found = (await this.kept()).find(({ received }) => received.number === number);
      return found?.answered;
    }, `the answer to webhook ${number}`);
  }

  reader(): EventReader<string> {
    return new EventReader(path.join(this.folder, 'events'), (_, body) => body.toString());
  }
}

/** Sends a webhook. Rejects when the connection ends without an answer. */
export function post(
  url: string,
  body: string | Buffer,
  headers: http.OutgoingHttpHeaders = {},
  method = 'POST',
): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, agent: false, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The body of a webhook before sending, as page 269/1632 shows it. */
export function beforeSend(text: string, from = 'jared', to = 'Johnny'): string {
  return JSON.stringify({
    CallbackCommand: 'C2C.CallbackBeforeSendMsg',
    From_Account: from,
    To_Account: to,
    MsgSeq: 48374,
    MsgRandom: 2837546,
    MsgTime: 1557481126,
    MsgKey: '48374_2837546_1557481126',
    OnlineOnlyFlag: 1,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }],
    CloudCustomData: 'your cloud custom data',
  });
}
