import type { Journal } from '../journal/journal';
import type {
  ModifyConnection,
  ModifyOutcome,
  ModifyQuestions,
  ModifyRequest,
  ModifyRunOptions,
} from './model';

/** Time as the modifier sees it; tests bring their own. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** Returns after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
}

export interface ModifierOptions {
  readonly journal: Journal;
  /** Folder of the locks that keep two windows off one message. */
  readonly lockFolder: string;
  /** Whether a test connection asks this time. Sandbox never asks and production always does, whatever this says. */
  readonly asksInTest: (connection: ModifyConnection) => boolean;
  readonly timing?: Timing;
}

/** The one way to overwrite a message. */
export class Modifier {
  constructor(private readonly options: ModifierOptions) {}

  /** Runs one modify to its end. Rejects only when the journal cannot be written, before anything was sent. */
  run(
    _request: ModifyRequest,
    _questions: ModifyQuestions,
    _options: ModifyRunOptions = {},
  ): Promise<ModifyOutcome> {
    return Promise.reject(new Error(this.options.lockFolder));
  }
}
