/** Those who want to be told of something, without VS Code, so that what tells runs in plain Node. */
export class Listeners<T extends readonly unknown[]> {
  private readonly listeners = new Set<(...news: T) => void>();

  /** Told from now on, until what is given is disposed. */
  readonly event = (listener: (...news: T) => void): { dispose(): void } => {
    // Of its own, so that one function may listen twice.
    const own = (...news: T): void => listener(...news);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  fire(...news: T): void {
    for (const listener of [...this.listeners]) listener(...news);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
