import { refKey, type MessageRef } from '../chat/address';
import type { ChatMessage } from '../chat/chatMessage';

/** What the documents need to know of the service. */
export interface MessageSource {
  /**
   * Reads one message from either side; undefined when the service shows it to neither. `mayAsk`: a person waits for
   * it and can be asked for a lost secret. The signal is aborted when nobody needs it any more.
   * @throws ChatServiceError, ChatNetworkError, or the connection's own errors.
   */
  find(
    ref: MessageRef,
    options: { readonly mayAsk: boolean; readonly signal: AbortSignal },
  ): Promise<ChatMessage | undefined>;
  /** The message as a list that a person looks at shows it, so that opening it from there reads nothing. */
  listed?(ref: MessageRef): ChatMessage | undefined;
}

/** Reads messages from the service, each until nobody needs it any more. */
export class Reads {
  private readonly running = new Set<{ readonly key: string; readonly abort: AbortController }>();

  constructor(private readonly source: MessageSource) {}

  /** @throws what {@link MessageSource.find} throws; an aborted `ChatNetworkError` when it was stopped */
  async find(ref: MessageRef, mayAsk: boolean): Promise<ChatMessage | undefined> {
    const read = { key: refKey(ref), abort: new AbortController() };
    this.running.add(read);
    try {
      return await this.source.find(ref, { mayAsk, signal: read.abort.signal });
    } finally {
      this.running.delete(read);
    }
  }

  /** Ends what is read of a message, or everything. */
  stop(ref?: MessageRef): void {
    const wanted = ref && refKey(ref);
    for (const { key, abort } of this.running) if (wanted === undefined || key === wanted) abort.abort();
  }
}
