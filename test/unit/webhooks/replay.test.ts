import assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { postWebhook } from '../../../src/webhooks/post';
import { replay, type Replayed } from '../../../src/webhooks/replay';

interface Event {
  readonly received: { readonly at: number };
  readonly text: string;
}

describe('webhooks that are sent again', () => {
  let server: http.Server;
  let url: URL;
  /** What the server was asked; it answers all but `wait`, as one that stands in a breakpoint. */
  let asked: string[];
  let abort: AbortController;
  let onAsked: (text: string) => void;

  beforeEach(async () => {
    asked = [];
    abort = new AbortController();
    onAsked = () => undefined;
    server = http.createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        asked.push(text);
        if (text !== 'wait') response.end(`got ${text}`);
        onAsked(text);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/own`);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  /** Sends these; `gone` is not kept any more. */
  function sendAll(...texts: readonly string[]): Promise<readonly Replayed<Event>[]> {
    const { signal } = abort;
    return replay({
      events: texts.map((text) => ({ received: { at: 0 }, text })),
      apart: false,
      signal,
      send: ({ text }) =>
        text === 'gone'
          ? Promise.reject(new Error('not kept any more'))
          : postWebhook({
              url,
              body: Buffer.from(text),
              contentType: 'text/plain',
              timeoutMs: 60_000,
              signal,
            }),
      onSent: () => undefined,
    });
  }

  const answers = (replayed: readonly Replayed<Event>[]): unknown[] =>
    replayed.map(({ event: { text }, outcome }) => [text, outcome.status, outcome.text, outcome.detail]);

  it('show what was answered until they are stopped while a server lets one wait', async () => {
    onAsked = (text) => {
      if (text === 'wait') abort.abort();
    };
    assert.deepEqual(answers(await sendAll('one', 'two', 'wait', 'four')), [
      ['one', 200, 'got one', undefined],
      ['two', 200, 'got two', undefined],
    ]);
    assert.deepEqual(asked, ['one', 'two', 'wait']);
  });

  it('go on after one that is not kept any more, and say so of it', async () => {
    assert.deepEqual(answers(await sendAll('one', 'gone', 'three')), [
      ['one', 200, 'got one', undefined],
      ['gone', undefined, '', 'not kept any more'],
      ['three', 200, 'got three', undefined],
    ]);
  });
});
