import { sleep } from '../chat/wire/sleep';
import type { PostOutcome } from './post';
import type { ReceivedEvent } from './store/records';

/** What came of sending a webhook again. */
export interface Replayed<Event> {
  readonly event: Event;
  readonly outcome: PostOutcome;
}

/** Webhooks that are sent again, in this order. */
export interface Replay<Event> {
  readonly events: readonly Event[];
  /** As far apart as they came; else one right after the other. */
  readonly apart: boolean;
  readonly send: (event: Event) => Promise<PostOutcome>;
  readonly onSent: (count: number) => void;
  readonly signal: AbortSignal;
}

/** Sends webhooks again. One that cannot be sent keeps no other back. @returns what came until it was stopped */
export async function replay<Event extends { readonly received: Pick<ReceivedEvent, 'at'> }>({
  events,
  apart,
  send,
  onSent,
  signal,
}: Replay<Event>): Promise<readonly Replayed<Event>[]> {
  const replayed: Replayed<Event>[] = [];
  const begun = Date.now();
  const isStopped = (): boolean => signal.aborted;
  for (const event of events) {
    const due = apart ? event.received.at - (events[0]?.received.at ?? 0) : 0;
    const early = begun + due - Date.now();
    if (early > 0) await sleep(early, signal);
    if (isStopped()) break;
    try {
      replayed.push({ event, outcome: await send(event) });
    } catch (error) {
      // Whoever is asked at this moment may have got it; what the others answered counts.
      if (isStopped()) break;
      const detail = error instanceof Error ? error.message : String(error);
      replayed.push({ event, outcome: { status: undefined, text: '', error: 'failed', detail, ms: 0 } });
    }
    onSent(replayed.length);
  }
  return replayed;
}
