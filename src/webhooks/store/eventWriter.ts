import { closeSync, fdatasync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { readRecords, writeRecord, type AnsweredEvent, type ReceivedEvent } from './records';
import { MOST_BYTES, MOST_EVENTS, SEGMENT_BYTES, SEGMENT_EVENTS, segmentName, segmentsIn } from './segments';

interface Segment {
  readonly file: string;
  events: number;
  bytes: number;
}

/** How often what was written is brought onto the disk, for a power cut. A kill loses nothing that was written. */
const SYNC_MS = 1000;

/**
 * Writes webhooks down as they come, the one writer of its folder. What `received` and `answered` were given is in the
 * hands of the system when they return: it costs some microseconds and outlives this process.
 */
export class EventWriter {
  private current: { readonly segment: Segment; readonly handle: number } | undefined;
  private syncing: NodeJS.Timeout | undefined;
  /** When the last file was begun, as its name says; another one is begun later, so that no two have one name. */
  private begun = 0;

  private constructor(
    private readonly folder: string,
    private readonly segments: Segment[],
    private next: number,
  ) {}

  /** Reads what is there, to go on after it. */
  static async open(folder: string): Promise<EventWriter> {
    const segments: Segment[] = [];
    let last = 0;
    for (const file of await segmentsIn(folder)) {
      const bytes = await readFile(file);
      const { records } = readRecords(bytes);
      const received = records.filter(({ record }) => record.kind === 'received');
      for (const { record } of received) last = Math.max(last, record.number);
      segments.push({ file, events: received.length, bytes: bytes.length });
    }
    mkdirSync(folder, { recursive: true });
    const writer = new EventWriter(folder, segments, last + 1);
    writer.letGo();
    return writer;
  }

  /** @param body as it came @returns its number */
  received(event: Omit<ReceivedEvent, 'kind' | 'number'>, body: Buffer): number {
    const number = this.next;
    const { current } = this;
    if (current && (current.segment.events >= SEGMENT_EVENTS || current.segment.bytes >= SEGMENT_BYTES))
      this.endSegment();
    this.write(writeRecord({ kind: 'received', number, ...event }, body), 1);
    this.next += 1;
    return number;
  }

  answered(event: Omit<AnsweredEvent, 'kind'>): void {
    this.write(writeRecord({ kind: 'answered', ...event }), 0);
  }

  /** Removes all that is kept. */
  clear(): void {
    this.endSegment();
    for (const { file } of this.segments.splice(0)) rmSync(file, { force: true });
  }

  close(): void {
    this.endSegment();
  }

  private write(bytes: Buffer, events: number): void {
    const { segment, handle } = (this.current ??= this.beginSegment());
    segment.bytes += bytes.length;
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    } catch (error) {
      // Readers take what stands behind a torn record for a part of it: the next one begins a file of its own.
      this.endSegment();
      // A disk that stays full must not gather files with nothing whole in them.
      if (segment.bytes === bytes.length) {
        this.segments.pop();
        rmSync(segment.file, { force: true });
      }
      throw error;
    }
    segment.events += events;
    this.syncing ??= setTimeout(() => {
      this.syncing = undefined;
      // A system that cannot has it in its hands nevertheless.
      if (this.current) fdatasync(this.current.handle, () => undefined);
    }, SYNC_MS).unref();
  }

  private beginSegment(): { segment: Segment; handle: number } {
    this.begun = Math.max(Date.now(), this.begun + 1);
    const file = path.join(this.folder, segmentName(this.next, this.begun));
    const handle = openSync(file, 'a');
    const segment = { file, events: 0, bytes: 0 };
    this.segments.push(segment);
    this.letGo();
    return { segment, handle };
  }

  private endSegment(): void {
    clearTimeout(this.syncing);
    this.syncing = undefined;
    const { current } = this;
    // Before it is closed: on a full disk that may fail too, and the file is not gone on with then either.
    this.current = undefined;
    if (current) closeSync(current.handle);
  }

  /** Removes the oldest files as long as those after them hold enough. */
  private letGo(): void {
    const sum = (of: 'events' | 'bytes'): number =>
      this.segments.reduce((total, segment) => total + segment[of], 0);
    for (let [oldest] = this.segments; oldest && this.segments.length > 1; [oldest] = this.segments) {
      if (sum('events') - oldest.events < MOST_EVENTS && sum('bytes') <= MOST_BYTES) return;
      rmSync(oldest.file, { force: true });
      this.segments.shift();
    }
  }
}
