import type { RecentContact } from '../../chat/client';
import type { Source } from './conversationBranch';
import { Pager, type FetchPage } from './pager';

/** The part of a client that lists conversations. */
export interface ContactSource {
  recentContacts(userId: string, signal?: AbortSignal): AsyncIterable<RecentContact[]>;
}

/** A conversation in a user's list. */
export interface Contact {
  readonly peer: string;
  /** Unix seconds of its last change. */
  readonly time: number;
  readonly pinned: boolean;
}

/** Conversations shown by each *Load more*. */
const CONTACT_STEP = 100;

/** The conversations of a user, as the service lists them. Groups are left out: their messages have other calls. */
export class UserBranch {
  readonly pager: Pager<Contact, 'next'>;

  constructor(source: Source<ContactSource>, user: string) {
    this.pager = new Pager(contactPages(source, user), ({ peer }) => peer, CONTACT_STEP);
  }

  /** Pinned ones first, then the newest. */
  get contacts(): Contact[] {
    return [...this.pager.items].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.time - a.time);
  }

  contact(peer: string): Contact | undefined {
    return this.pager.items.find((contact) => contact.peer === peer);
  }

  invalidate(): void {
    this.pager.invalidate();
  }

  dispose(): void {
    this.pager.cancel();
  }
}

/**
 * The client's listing has no place to go on from, so its iterator is kept. After a failure it starts from the
 * beginning, and the pager drops what came already.
 */
function contactPages(source: Source<ContactSource>, user: string): FetchPage<Contact, 'next'> {
  let pages: AsyncIterator<RecentContact[]> | undefined;
  return async (cursor, signal) => {
    if (cursor === undefined) pages = undefined;
    try {
      pages ??= (await source(signal)).recentContacts(user, signal)[Symbol.asyncIterator]();
      const page = await pages.next();
      if (page.done === true) return { items: [], next: undefined };
      return { items: page.value.flatMap(c2c), next: 'next' };
    } catch (error) {
      pages = undefined;
      throw error;
    }
  };
}

function c2c({ peer, time, pinned }: RecentContact): Contact[] {
  return peer === undefined ? [] : [{ peer, time, pinned }];
}
