import type { ChatClient } from '../chat/client';

/** How long a client that is not used any more may still end what it does. */
const RETIRE_MS = 30_000;

/** One client for each connection. */
export class ClientPool {
  private readonly clients = new Map<string, ChatClient>();
  private readonly retired = new Map<ChatClient, NodeJS.Timeout>();

  get(id: string): ChatClient | undefined {
    return this.clients.get(id);
  }

  /** All clients that are in use, in the order they were made. */
  all(): ChatClient[] {
    return [...this.clients.values()];
  }

  /** Keeps a client, unless another one came first; gives the one that is kept. */
  keep(id: string, client: ChatClient): ChatClient {
    const existing = this.clients.get(id);
    if (existing !== undefined) {
      client.dispose();
      return existing;
    }
    this.clients.set(id, client);
    return client;
  }

  /** Gives a client up. A request that is under way gets the time to end: it may be one that changes a message. */
  drop(id: string): void {
    const client = this.clients.get(id);
    if (client === undefined) return;
    this.clients.delete(id);
    const timer = setTimeout(() => {
      this.retired.delete(client);
      client.dispose();
    }, RETIRE_MS);
    timer.unref();
    this.retired.set(client, timer);
  }

  dispose(): void {
    for (const timer of this.retired.values()) clearTimeout(timer);
    for (const client of [...this.clients.values(), ...this.retired.keys()]) client.dispose();
  }
}
