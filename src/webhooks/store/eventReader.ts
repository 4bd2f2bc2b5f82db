import { open } from 'node:fs/promises';
import { fileErrorCode } from '../../files/fileLayer';
import type { AnsweredEvent, ReceivedEvent } from './records';
import { readRecords } from './records';
import { MOST_EVENTS, segmentsIn } from './segments';

/** A webhook of the inbox. */
export interface KeptEvent {
  readonly received: ReceivedEvent;
  /** Undefined while it waits for its answer, and for one that a kill interrupted. */
  readonly answered: AnsweredEvent | undefined;
  readonly bodyLength: number;
}

interface Place {
  readonly file: string;
  readonly start: number;
}

interface Kept<Digest> extends KeptEvent {
  readonly place: Place;
  readonly digest: Digest;
}

/**
 * Reads the webhooks of a folder, and what came since, while another process writes there.
 *
 * @typeParam Digest what is kept of each body; a body itself is read when it is wanted
 */
export class EventReader<Digest> {
  private readonly ends = new Map<string, number>();
  private readonly events = new Map<number, Kept<Digest>>();
  /** The last look at the folder that began, however it ended. */
  private looking: Promise<unknown> = Promise.resolve();
  /** The one after it, which begins when it is done. */
  private next: Promise<boolean> | undefined;

  /** @param digestOf told of each webhook once */
  constructor(
    private readonly folder: string,
    private readonly digestOf: (received: ReceivedEvent, body: Buffer) => Digest,
  ) {}

  /**
   * Reads what is new. The system tells of each write, and more than once: who asks while a look waits for its turn is
   * served by that one.
   *
   * @returns whether anything changed; whoever asked first is told
   */
  refresh(): Promise<boolean> {
    if (this.next) return this.next.then(() => false);
    this.next = this.looking.then(() => {
      this.next = undefined;
      const reading = this.read();
      this.looking = reading.catch(() => undefined);
      return reading;
    });
    return this.next;
  }

  /** Newest first, at most 1,000. */
  list(): readonly (KeptEvent & { readonly digest: Digest })[] {
    return [...this.events.values()]
      .sort((one, other) => other.received.number - one.received.number)
      .slice(0, MOST_EVENTS);
  }

  get(number: number): (KeptEvent & { readonly digest: Digest }) | undefined {
    return this.events.get(number);
  }

  /** A body, byte for byte; undefined when it is not kept any more. */
  async body(number: number): Promise<Buffer | undefined> {
    const kept = this.events.get(number);
    if (!kept) return undefined;
    const { place, bodyLength } = kept;
    const bytes = await bytesOf(place.file, place.start, bodyLength);
    return bytes?.length === bodyLength ? bytes : undefined;
  }

  private async read(): Promise<boolean> {
    const files = await segmentsIn(this.folder);
    let changed = false;
    for (const gone of [...this.ends.keys()].filter((file) => !files.includes(file))) {
      this.forget(gone);
      changed = true;
    }
    for (const file of files) changed = (await this.readFile(file)) || changed;
    return changed;
  }

  private async readFile(file: string): Promise<boolean> {
    const from = this.ends.get(file) ?? 0;
    const bytes = await bytesOf(file, from);
    if (bytes === undefined) return false;
    const { records, end } = readRecords(bytes);
    this.ends.set(file, from + end);
    for (const { record, bodyStart, bodyLength } of records) {
      if (record.kind === 'answered') {
        const event = this.events.get(record.number);
        if (event) this.events.set(record.number, { ...event, answered: record });
        continue;
      }
      // A copy, so that the digest of one body does not hold on to the bytes of all.
      const body = Buffer.from(bytes.subarray(bodyStart, bodyStart + bodyLength));
      this.events.set(record.number, {
        received: record,
        answered: undefined,
        bodyLength,
        place: { file, start: from + bodyStart },
        digest: this.digestOf(record, body),
      });
    }
    return records.length > 0;
  }

  private forget(file: string): void {
    this.ends.delete(file);
    for (const [number, { place }] of this.events) if (place.file === file) this.events.delete(number);
  }
}

/** Bytes of a file from a place on; undefined when the file is gone. */
async function bytesOf(file: string, from: number, length?: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const wanted = length ?? Math.max(0, (await handle.stat()).size - from);
      const bytes = Buffer.alloc(wanted);
      let read = 0;
      while (read < wanted) {
        const { bytesRead } = await handle.read(bytes, read, wanted - read, from + read);
        if (bytesRead === 0) break;
        read += bytesRead;
      }
      return bytes.subarray(0, read);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
