/** Shows what is said again and again only so often: the first at once, and of what comes too soon the last. */
export class Seldom<T> {
  private timer: NodeJS.Timeout | undefined;
  private waiting: { readonly news: T } | undefined;

  /** @param restMs for so long nothing is shown after something was */
  constructor(
    private readonly show: (news: T) => void,
    private readonly restMs: number,
  ) {}

  say(news: T): void {
    if (this.timer) {
      this.waiting = { news };
      return;
    }
    this.timer = setTimeout(() => this.rested(), this.restMs);
    this.show(news);
  }

  /** What still waits is not shown any more. */
  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
  }

  private rested(): void {
    const { waiting } = this;
    this.dispose();
    if (waiting) this.say(waiting.news);
  }
}
