/** To make one costs as much as a small body does. */
const nothing = Buffer.alloc(0);

/**
 * A body as it comes in. However small the pieces are, it costs at most twice its own length: a body that trickles in
 * byte by byte would otherwise cost a hundred times that.
 */
export class BodyBuffer {
  private bytes: Buffer = nothing;
  private used = 0;

  /** Number of bytes so far. */
  get length(): number {
    return this.used;
  }

  add(piece: Buffer): void {
    if (this.used === 0) {
      // Most bodies come in one piece, which is kept as it is.
      this.bytes = piece;
      this.used = piece.length;
      return;
    }
    const needed = this.used + piece.length;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    piece.copy(this.bytes, this.used);
    this.used = needed;
  }

  /** All of it. */
  whole(): Buffer {
    return this.bytes.length === this.used ? this.bytes : this.bytes.subarray(0, this.used);
  }

  /** Lets go of what was read. */
  clear(): void {
    this.bytes = nothing;
    this.used = 0;
  }
}
