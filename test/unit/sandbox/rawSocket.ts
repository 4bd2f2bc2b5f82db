import * as net from 'node:net';
import { PATIENCE_MS } from '../../support/eventually';

/** Sends bytes as they are and gives what came back until the other side closed. */
export function exchange(port: number, bytes: Uint8Array | string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer')));
    socket.on('data', (data) => (received += data.toString('utf8')));
    socket.on('end', () => {
      socket.end();
      resolve(received);
    });
    socket.on('error', reject);
    socket.end(bytes);
  });
}

/** A connection that stays open until one of both sides ends it. */
export class RawConnection {
  received = '';
  private readonly closed: Promise<void>;

  private constructor(private readonly socket: net.Socket) {
    socket.on('data', (data) => (this.received += data.toString('latin1')));
    // A connection that the other side broke is one of the ends that are looked for.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawConnection(socket)));
    });
  }

  send(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }

  /** Takes nothing more of what comes. */
  pause(): void {
    this.socket.pause();
  }

  /** Breaks the connection, so that the other side gets an error when it writes. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  close(): void {
    this.socket.destroy();
  }

  /** Resolves when so many answers are there. */
  async answers(count: number): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; answersIn(this.received) < count;) {
      if (Date.now() > end) throw new Error(`no answer: ${this.received}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Resolves with everything that came when the connection has ended. */
  async ended(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`still open: ${this.received}`)), PATIENCE_MS);
    });
    await Promise.race([this.closed, late]).finally(() => clearTimeout(timer));
    return this.received;
  }
}

/** Number of answers in what was received. */
export function answersIn(text: string): number {
  return text.split('HTTP/1.1 ').length - 1;
}
