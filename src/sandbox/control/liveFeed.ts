import type { ReceivedCall } from '../http/callLog';
import type { EventStream } from '../http/httpExchange';
import type { Sandbox } from '../sandbox';
import type { SentWebhook } from '../webhooks/webhookLog';
import type { News } from './pageProtocol';

/** How often there are news, in milliseconds: a page that draws more often shows nobody more. */
const EVERY_MS = 200;
const MOST_CALLS = 50;
const MOST_WEBHOOKS = 50;
const LONGEST = 4 * 1024;
/** A line that keeps the connection, in rounds without news. */
const QUIET_ROUNDS = 50;

/**
 * What happens in a sandbox, as server-sent events, gathered so that a thousand calls a second cost a page five drawings. A
 * reader that does not keep up misses calls, and is told how many.
 */
export class LiveFeed {
  private calls: ReceivedCall[] = [];
  private missed = 0;
  private webhooks: SentWebhook[] = [];
  private data = false;
  private state = false;
  private quiet = 0;

  private constructor(private readonly stream: EventStream) {}

  /** Tells the stream what happens until it is closed. */
  static open(stream: EventStream, { calls, webhooks }: Sandbox): LiveFeed {
    const feed = new LiveFeed(stream);
    const ends = [calls.listen((call) => feed.called(call)), webhooks.log.listen((sent) => feed.sent(sent))];
    const timer = setInterval(() => feed.tell(), EVERY_MS);
    stream.onClose(() => {
      clearInterval(timer);
      for (const end of ends) end();
    });
    stream.write(': the sandbox is here\n\n');
    return feed;
  }

  dataChanged(): void {
    this.data = true;
  }

  stateChanged(): void {
    this.state = true;
  }

  private called(call: ReceivedCall): void {
    this.calls.push(call);
    if (this.calls.length <= MOST_CALLS) return;
    this.calls.shift();
    this.missed++;
  }

  private sent(webhook: SentWebhook): void {
    this.webhooks.push(webhook);
    if (this.webhooks.length > MOST_WEBHOOKS) this.webhooks.shift();
  }

  private tell(): void {
    if (!this.stream.isReady) return;
    const hasNews = this.calls.length > 0 || this.webhooks.length > 0 || this.data || this.state;
    if (!hasNews) {
      this.quiet = (this.quiet + 1) % QUIET_ROUNDS;
      if (this.quiet === 0) this.stream.write(':\n\n');
      return;
    }
    const news: News = {
      calls: this.calls.map(short),
      missed: this.missed,
      webhooks: this.webhooks,
      data: this.data,
      state: this.state,
    };
    this.calls = [];
    this.missed = 0;
    this.webhooks = [];
    this.data = this.state = false;
    this.stream.write(`data: ${JSON.stringify(news)}\n\n`);
  }
}

function short(call: ReceivedCall): ReceivedCall {
  if (call.request.length <= LONGEST) return call;
  return { ...call, request: `${call.request.slice(0, LONGEST)}…` };
}
