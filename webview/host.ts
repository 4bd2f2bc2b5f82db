import { FIRST_MESSAGES, type Answer, type FromPage, type Question, type ToPage } from '../src/protocol';

interface VsCodeApi {
  postMessage(message: FromPage): void;
  /** What was last set by a page of the same editor. */
  getState(): unknown;
  setState(state: string): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's line to the extension. */
export class Host {
  private readonly api = acquireVsCodeApi();
  private readonly questions = new Map<number, (answer: Answer | undefined) => void>();
  private asked = 0;

  /**
   * The messages that this page's frame holds, by the frame's nonce. When VS Code shows a hidden editor again, it fills
   * the same frame anew; by then they are old, and there are none.
   */
  first(nonce: string): readonly ToPage[] {
    if (this.api.getState() === nonce) return [];
    this.api.setState(nonce);
    return JSON.parse(document.getElementById(FIRST_MESSAGES)?.textContent ?? '[]') as ToPage[];
  }

  send(message: FromPage): void {
    this.api.postMessage(message);
  }

  /** Undefined when the host has nothing to say to it. */
  ask(question: Question): Promise<Answer | undefined> {
    const id = ++this.asked;
    return new Promise((resolve) => {
      this.questions.set(id, resolve);
      this.send({ type: 'ask', id, question });
    });
  }

  /** Only the extension can reach this window, so what comes is what the protocol says. */
  listen(receive: (message: ToPage) => void): void {
    window.addEventListener('message', (event: MessageEvent<ToPage>) => {
      const message = event.data;
      if (message.type === 'answer') {
        this.questions.get(message.id)?.(message.value);
        this.questions.delete(message.id);
      } else receive(message);
    });
  }
}
