import type { News } from '../../src/sandbox/control/pageProtocol';

/** An answer of the sandbox that says what went wrong, or none at all. */
export class RouteError extends Error {}

const TOKEN_HEADER = 'X-Sandbox-Token';
const AGAIN_AFTER_MS = 1000;

/**
 * The token: in the page when the sandbox is on this machine only; else behind the `#` of the address, which is sent to
 * nobody.
 */
const token = [
  document.querySelector<HTMLMetaElement>('meta[name="sandbox-token"]')?.content,
  new URLSearchParams(location.hash.slice(1)).get('token'),
].reduce<string>((found, next) => (found === '' ? (next ?? '') : found), '');

/**
 * Asks a route.
 *
 * @param path below `/sandbox/`
 * @returns the text of the answer
 * @throws {RouteError}
 */
export async function ask(method: string, path: string, body?: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(`/sandbox/${path}`, {
      method,
      headers: { [TOKEN_HEADER]: token },
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    throw new RouteError('', { cause: error });
  }
  const text = await answer.text();
  if (answer.ok) return text;
  throw new RouteError(errorIn(text) ?? `HTTP ${answer.status}`);
}

/** As {@link ask}, and reads the answer as JSON. */
export async function askJson<T>(method: string, path: string, body?: unknown): Promise<T> {
  return JSON.parse(await ask(method, path, body === undefined ? undefined : JSON.stringify(body))) as T;
}

/** What a listener hears. */
export interface Listener {
  onNews(news: News): void;
  /** Whether the sandbox can be heard. */
  onConnected(connected: boolean): void;
}

/** Listens to the sandbox for as long as the page is there, and again when it comes back. */
export async function listen(listener: Listener): Promise<never> {
  for (;;) {
    try {
      const answer = await fetch('/sandbox/events', { headers: { [TOKEN_HEADER]: token } });
      if (answer.ok && answer.body) {
        listener.onConnected(true);
        await readEvents(answer.body, (data) => listener.onNews(JSON.parse(data) as News));
      }
    } catch {
      // It was stopped, or the connection was lost: tried again below.
    }
    listener.onConnected(false);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

/** Reads server-sent events, each of one line of data. */
async function readEvents(body: ReadableStream<Uint8Array>, onData: (data: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      if (event.startsWith('data: ')) onData(event.slice('data: '.length));
    }
  }
}

function errorIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
