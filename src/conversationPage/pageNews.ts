import type { MessageRef } from '../chat/address';
import type { RowKey } from '../conversation/rowViews';
import type { Timeline } from '../conversation/timeline';
import type { Knowledge } from '../documents/knowledge';
import type { PageList } from './pageList';
import type { ChatPlace, PageServices } from './pageServices';

/** The journal is not read more often, whatever a plan writes into it. */
const CHANGES_REST_MS = 500;

/** What this window learns of the messages of a page, and what it learns by the page. */
export class PageNews {
  private timer: NodeJS.Timeout | undefined;
  private readonly listening: { dispose(): unknown };

  constructor(
    private readonly place: ChatPlace,
    private readonly timeline: Timeline,
    private readonly list: PageList,
    private readonly services: Pick<PageServices, 'documents' | 'changes' | 'log'>,
  ) {
    this.listening = services.documents.onDidLearn((ref, known) => this.learned(ref, known));
  }

  /** Something stands in the journal that did not. */
  readChanges(): void {
    this.timer ??= setTimeout(() => {
      this.services
        .changes(this.place)
        .then(
          (changes) => this.list.changed(changes),
          (error: unknown) => this.services.log.error(error),
        )
        .finally(() => (this.timer = undefined));
    }, CHANGES_REST_MS);
  }

  /** Messages are others than they were: whoever has one of them open, or a draft of it, is to know what it is now. */
  tell(keys: readonly RowKey[]): void {
    const { documents, log } = this.services;
    for (const message of keys.flatMap((key) => this.timeline.get(key)?.message ?? [])) {
      const ref = { connectionId: this.place.connectionId, address: message.address };
      if (documents.peek(ref))
        documents.refresh(ref, { mayAsk: false }).catch((error: unknown) => log.warn(String(error)));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listening.dispose();
  }

  private learned({ connectionId, address }: MessageRef, known: Knowledge): void {
    const entry = connectionId === this.place.connectionId ? this.timeline.of(address) : undefined;
    if (!entry?.message) return;
    const { service, facts, gone } = known;
    if (gone) this.timeline.remove(address);
    else
      this.timeline.replace({
        ...entry.message,
        ...(service && { content: service }),
        ...(facts && { flags: facts.flags }),
      });
    this.list.update();
    // A draft is no other message, and marks it all the same.
    this.list.sendRows([entry.key]);
  }
}
