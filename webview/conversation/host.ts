import { FIRST_MESSAGE, type FromPage, type Saved, type ToPage } from '../../src/conversation/pageProtocol';

/** What the page keeps for the next one: what the host reads, and what only the page knows. */
export interface Kept extends Saved {
  readonly push?: boolean;
  /** What is written and not sent. */
  readonly written?: string;
  /** Who it is written as. */
  readonly as?: string;
  /** What is looked for; absent while that is closed. */
  readonly find?: string;
}

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's line to the extension. */
export class Host {
  private readonly api = acquireVsCodeApi();

  /** What an earlier page of the same panel kept. */
  get kept(): Kept | undefined {
    return this.api.getState();
  }

  keep(state: Kept): void {
    this.api.setState(state);
  }

  /** The message that the page's frame holds. */
  first(): ToPage | undefined {
    const text = document.getElementById(FIRST_MESSAGE)?.textContent;
    return text ? (JSON.parse(text) as ToPage) : undefined;
  }

  readonly send = (message: FromPage): void => this.api.postMessage(message);

  /** Only the extension can reach this window, so what comes is what the protocol says. */
  listen(receive: (message: ToPage) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
  }
}
