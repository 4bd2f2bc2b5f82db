import type { Wire } from '../../wire';
import type { GroupMessageRecord } from './groupRecords';

/** One message of a group; what may change later is not readonly. */
export class GroupMessage {
  readonly seq: number;
  readonly from: string;
  readonly random: number;
  readonly time: number;
  readonly priority: number;
  readonly system: boolean;
  /** JSON text of `MsgBody`, as it was sent. */
  body: string;
  /** JSON text of `CloudCustomData`. */
  cloud: string | undefined;
  /** `IsPlaceMsg`: 1 deleted, 2 recalled. */
  place: 0 | 1 | 2;
  /** JSON of it as history shows it; made when it is first asked for. */
  shown: Wire | undefined = undefined;

  constructor(record: GroupMessageRecord) {
    this.seq = record.seq;
    this.from = record.from;
    this.random = record.random;
    this.time = record.time;
    this.priority = record.priority ?? 2;
    this.system = record.system ?? false;
    this.body = record.body;
    this.cloud = record.cloud;
    this.place = record.place ?? 0;
  }
}

/** The messages of a group or a topic, by rising MsgSeq, which is the service's and has gaps only where a seed has. */
export class GroupMessages {
  private readonly messages: GroupMessage[] = [];
  private lastSeq = 0;
  private last = 0;

  /** The MsgSeq of the next message. */
  get nextSeq(): number {
    return this.lastSeq + 1;
  }

  /** Time of the last message, 0 when there was none. */
  get lastTime(): number {
    return this.last;
  }

  all(): readonly GroupMessage[] {
    return this.messages;
  }

  at(index: number): GroupMessage | undefined {
    return this.messages[index];
  }

  /** Adds a message; one of a MsgSeq that is there takes its place. */
  add(record: GroupMessageRecord): void {
    const index = this.below(record.seq);
    const replaces = this.messages[index]?.seq === record.seq ? 1 : 0;
    const message = new GroupMessage(record);
    if (index === this.messages.length) this.messages.push(message);
    else this.messages.splice(index, replaces, message);
    this.pass(record.seq, record.time);
  }

  /** Counts a message that is not kept. */
  pass(seq: number, time: number): void {
    this.lastSeq = Math.max(this.lastSeq, seq);
    this.last = Math.max(this.last, time);
  }

  find(seq: number): GroupMessage | undefined {
    const message = this.messages[this.below(seq)];
    return message?.seq === seq ? message : undefined;
  }

  /** How many messages have a lesser MsgSeq. */
  below(seq: number): number {
    let low = 0;
    let high = this.messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.messages[middle]?.seq ?? Infinity) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
