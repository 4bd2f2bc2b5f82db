/** So many documents are remembered; VS Code shows fewer at once, and one that comes back counts as changed. */
const MOST = 200;

/** When the texts of read-only documents last changed, as far as anybody asked; never earlier than was said before. */
export class ChangeTimes {
  private readonly known = new Map<string, { readonly text: string; readonly mtime: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** How many are remembered. */
  get held(): number {
    return this.known.size;
  }

  /** Since when a document has this text, in milliseconds since 1970. */
  since(document: string, text: string): number {
    const known = this.known.get(document);
    if (known?.text === text) return known.mtime;
    const mtime = Math.max(this.now(), (known?.mtime ?? 0) + 1);
    this.known.delete(document);
    this.known.set(document, { text, mtime });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
    return mtime;
  }

  /** Somebody asked about a document and may show it. */
  has(document: string): boolean {
    return this.known.has(document);
  }

  /** Nobody shows a document any more. */
  forget(document: string): void {
    this.known.delete(document);
  }
}
