import { Worker } from 'node:worker_threads';
import type { Wanted } from './wanted';

/** A regular expression that did not end with one text in time. */
export class EndlessExpressionError extends Error {
  override readonly name = 'EndlessExpressionError';

  constructor(
    readonly source: string,
    /** Which of the texts. */
    readonly index: number,
  ) {
    super(`the regular expression ${source} does not end`);
  }
}

/** Of one text; whoever waits longer has met one that tries every way there is. */
const LIMIT_MS = 2_000;

/**
 * The worker, as text: a file of its own would have to be found wherever the extension lies. It says which text it begins
 * with, so that one on which it hangs can be named.
 */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const expression = new RegExp(workerData.source, workerData.flags);
parentPort.on('message', (texts) => {
  const hits = texts.map((text, index) => {
    parentPort.postMessage({ index });
    expression.lastIndex = 0;
    return expression.test(text);
  });
  parentPort.postMessage({ hits });
});
`;

/** Finds texts. Regular expressions run in a worker, since one can try for ever; dispose it to end that. */
export class TextFinder {
  private worker: Worker | undefined;

  constructor(
    private readonly wanted: Wanted,
    private readonly limitMs = LIMIT_MS,
  ) {}

  /**
   * Which of the texts have what is wanted.
   * @throws EndlessExpressionError
   */
  async find(texts: readonly string[]): Promise<readonly boolean[]> {
    const { wanted } = this;
    if (wanted.kind === 'text') {
      const words = wanted.text.toLowerCase();
      return texts.map((text) => text.toLowerCase().includes(words));
    }
    if (texts.length === 0) return [];
    const worker = (this.worker ??= new Worker(WORKER, { eval: true, workerData: wanted }));
    worker.unref();
    return new Promise((resolve, reject) => {
      let index = 0;
      const rest = (): void => {
        clearTimeout(timer);
        clearImmediate(last);
      };
      const end = (): void => {
        rest();
        worker.off('message', onMessage);
        worker.off('error', onError);
      };
      const late = (): void => {
        end();
        this.dispose();
        reject(new EndlessExpressionError(wanted.source, index));
      };
      // The first is said when the worker runs, which may take a while to begin.
      let timer: NodeJS.Timeout | undefined;
      // What the worker said while this process was held up is heard after the timer, which is due by then.
      let last: NodeJS.Immediate | undefined;
      const onMessage = (said: { readonly index?: number; readonly hits?: boolean[] }): void => {
        if (said.hits) {
          end();
          resolve(said.hits);
          return;
        }
        index = said.index ?? index;
        rest();
        timer = setTimeout(() => (last = setImmediate(late)), this.limitMs);
      };
      const onError = (error: Error): void => {
        end();
        reject(error);
      };
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.postMessage(texts);
    });
  }

  dispose(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }
}
