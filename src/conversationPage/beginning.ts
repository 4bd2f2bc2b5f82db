import type { FirstList, Init, Saved } from '../conversation/pageProtocol';
import type { RowKey } from '../conversation/rowViews';
import { keptPlace } from './goingTo';
import type { PageList } from './pageList';
import type { PagePanel } from './pagePanel';
import type { PageReading } from './pageReading';
import type { ChatPlace } from './pageServices';

/** So long a page waits for the messages that it begins with; VS Code needs about as long to make room for it. */
const FRAME_WAIT_MS = 150;

/** What a page begins with. */
interface BeginningParts {
  readonly place: ChatPlace;
  readonly panel: PagePanel;
  readonly list: PageList;
  readonly reading: PageReading;
  /** What an earlier page of this panel kept. */
  readonly saved: Saved | undefined;
  readonly first: () => Init;
  readonly faces: () => boolean;
  /** Tells what belongs to a list besides its rows. */
  readonly sendRest: () => void;
}

/** Brings a page and its messages together: by its frame, when the page comes, and where in the list it stands then. */
export class Beginning {
  private saved: Saved | undefined;
  /** The row that the page is to go to as soon as it shows rows. */
  private aim: RowKey | undefined;
  private hasFrame = false;
  private late: NodeJS.Timeout | undefined;

  constructor(private readonly parts: BeginningParts) {
    this.saved = parts.saved;
  }

  /** Reads what is seen first, and makes the frame: with it, if it comes soon. */
  async begin(): Promise<void> {
    // A page that comes back shows its place, which it tells itself.
    if (this.saved) this.showFrame();
    else this.late = setTimeout(() => this.showFrame(), FRAME_WAIT_MS);
    const isRead = await this.readFirst();
    clearTimeout(this.late);
    if (!this.hasFrame) this.showFrame(isRead ? this.parts.list.first() : undefined);
    else if (isRead) this.sendList();
  }

  /** Tries again to read what is seen first. */
  async again(): Promise<void> {
    if (await this.readFirst()) this.sendList();
  }

  /**
   * The page is there.
   *
   * @param saved what it brings back of an earlier page of this panel
   * @param isNew whether it shows what its frame holds
   */
  come(saved: Saved | undefined, isNew: boolean): void {
    const { panel, first } = this.parts;
    const knows = panel.open(isNew) && this.aim === undefined;
    this.saved = saved ?? this.saved;
    if (knows) return;
    panel.post(first());
    this.sendList();
  }

  /** The whole list. @param aim where to go in it, instead of where the person was */
  sendList(aim = this.aim): void {
    this.parts.list.send(aim, this.saved?.place);
    this.aim = this.parts.panel.isReady ? undefined : aim;
    this.parts.sendRest();
  }

  goTo(key: RowKey): void {
    // The page that comes begins there.
    if (!this.parts.panel.isReady) this.aim = key;
    this.parts.list.reveal(key);
  }

  /** @param list what the page begins with */
  showFrame(list?: FirstList): void {
    const { panel, first, faces } = this.parts;
    const init = first();
    this.hasFrame = true;
    panel.showFrame(init.chat.title, { ...init, ...(list && { list }) }, faces());
  }

  dispose(): void {
    clearTimeout(this.late);
  }

  /** Reads the newest messages, and those where the page was before. @returns false when that failed */
  private readFirst(): Promise<boolean> {
    const { list, place, reading } = this.parts;
    const kept = this.saved?.place;
    const { viewed } = list;
    return reading.run(async (reader, signal) => {
      await reader.newest(viewed, signal);
      if (kept && !reader.timeline.get(kept.key))
        await reader.around(viewed, keptPlace(place.chat, kept), signal);
    });
  }
}
