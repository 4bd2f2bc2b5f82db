/** Looks for what is new, one look after the other, while somebody follows. */
export class Follower {
  private timer: NodeJS.Timeout | undefined;
  private following = false;

  /**
   * @param seconds between two looks
   * @param look whatever comes of it, there is a next one
   * @param isSeen nothing is looked for while nobody sees it
   */
  constructor(
    private readonly seconds: () => number,
    private readonly look: () => Promise<unknown>,
    private readonly isSeen: () => boolean,
  ) {}

  get on(): boolean {
    return this.following;
  }

  set on(on: boolean) {
    this.following = on;
    clearTimeout(this.timer);
    if (on) this.next();
  }

  dispose(): void {
    this.on = false;
  }

  private next(): void {
    this.timer = setTimeout(() => void this.turn(), this.seconds() * 1_000);
  }

  private async turn(): Promise<void> {
    if (this.isSeen()) await this.look();
    if (this.following) {
      clearTimeout(this.timer);
      this.next();
    }
  }
}
