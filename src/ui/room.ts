import * as vscode from 'vscode';
import type { Log } from './log';
import { showNotice } from './messages';
import { NoticeError } from './noticeError';

/** Takes what is to be disposed with its owner, and gives it back. */
export type Own = <T extends { dispose(): unknown }>(part: T) => T;

/** What belongs together and goes together, the last first. What comes after the end is disposed at once. */
export class Belongings implements vscode.Disposable {
  private readonly parts: { dispose(): unknown }[] = [];
  private over = false;

  readonly own: Own = (part) => {
    if (this.over) part.dispose();
    else this.parts.push(part);
    return part;
  };

  get disposed(): boolean {
    return this.over;
  }

  dispose(): void {
    this.over = true;
    for (const part of this.parts.splice(0).reverse()) part.dispose();
  }
}

/** A part of the extension could not be loaded, for instance because an update is replacing its files. */
export class RoomError extends NoticeError {
  constructor(cause: unknown) {
    // Node adds which files asked for it, line by line; the log has them.
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    super(
      vscode.l10n.t('A part of Message Editor for Tencent Cloud Chat could not be loaded: {0}', reason),
      [],
      {
        cause,
      },
    );
  }

  static override is(error: unknown): error is RoomError {
    return error instanceof RoomError;
  }
}

/**
 * A part of the extension whose code is loaded when it is first needed: `make` holds the `import()`. Whoever needs it
 * meanwhile waits for the same one. What could not be loaded is tried again by the next who needs it.
 */
export class Room<T> {
  private readonly waiting: ((made: T) => void)[] = [];
  private loading: Promise<T> | undefined;
  private there: { readonly made: T } | undefined;

  /**
   * @param house disposes what the room made, after whatever was made later
   * @param make takes what it makes into its `own`, so that a half made room leaves nothing behind
   */
  constructor(
    private readonly house: Belongings,
    private readonly make: (own: Own) => Promise<T>,
  ) {}

  /** What the room made; undefined as long as nobody needed it. */
  get made(): T | undefined {
    return this.there?.made;
  }

  /**
   * @throws RoomError when the room cannot be loaded
   * @throws CancellationError when the extension ends meanwhile
   */
  load(): Promise<T> {
    this.loading ??= this.enter().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Tells once what the room made: now if it is there, else before anybody who waits for it goes on. */
  whenMade(listener: (made: T) => void): void {
    if (this.there) listener(this.there.made);
    else this.waiting.push(listener);
  }

  private async enter(): Promise<T> {
    if (this.house.disposed) throw new vscode.CancellationError();
    const belongings = new Belongings();
    let made: T;
    try {
      made = await this.make(belongings.own);
    } catch (error) {
      belongings.dispose();
      if (RoomError.is(error) || error instanceof vscode.CancellationError) throw error;
      throw new RoomError(error);
    }
    this.house.own(belongings);
    if (belongings.disposed) throw new vscode.CancellationError();
    this.there = { made };
    for (const listener of this.waiting.splice(0)) listener(made);
    return made;
  }
}

/** What leads to a room, or to a part of what is in it. */
export type Entrance<T> = Pick<Room<T>, 'made' | 'load' | 'whenMade'>;

/** A part of a room, loaded with it. */
export function part<T, P>(room: Entrance<T>, of: (made: T) => P): Entrance<P> {
  return {
    get made() {
      return room.made && of(room.made);
    },
    load: async () => of(await room.load()),
    whenMade: (listener) => room.whenMade((made) => listener(of(made))),
  };
}

/** Says that a room could not be loaded, with a button to try again. It stands alone: it may be the words that lack. */
export function tellRoomError(error: RoomError, log: Log, again: () => unknown): void {
  log.error(error);
  const tryAgain = vscode.l10n.t('Try Again');
  void showNotice('error', error.message, tryAgain).then((chosen) =>
    chosen === tryAgain ? again() : undefined,
  );
}
