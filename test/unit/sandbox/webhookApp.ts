import * as http from 'node:http';
import { beginListening, endListening } from '../../../src/http/listening';
import type { Json } from './world';

/** An app that webhooks go to. */
export interface WebhookApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts an app. @param take is handed each webhook, and gives what is answered; undefined for no answer at all */
export async function startWebhookApp(
  take: (body: Json, query: URLSearchParams) => { status: number; text: string } | undefined,
): Promise<WebhookApp> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Json;
      const answer = take(body, new URL(request.url ?? '', 'http://x').searchParams);
      if (answer) response.writeHead(answer.status).end(answer.text);
    });
  });
  const port = await beginListening(server, 0, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}/hook`, stop: () => endListening(server) };
}
