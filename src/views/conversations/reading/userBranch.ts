import { sideKey, type ChatAddress } from '../../../chat/address';
import type { GroupInfo, RecentContact } from '../../../chat/client';
import type { Source } from './conversationBranch';
import type { GroupInfos } from './groupInfos';
import type { GroupSource } from './groupsBranch';
import { Pager, type FetchPage } from './pager';

/** The part of a client that lists conversations. */
export interface ContactSource extends Pick<GroupSource, 'joinedGroups'> {
  recentContacts(userId: string, signal?: AbortSignal): AsyncIterable<RecentContact[]>;
}

/** A conversation in a user's list. */
export interface Contact {
  readonly chat: ChatAddress;
  /** Unix seconds of its last change; 0 where nobody tells. */
  readonly time: number;
  readonly pinned: boolean;
}

/** Conversations shown by each *Load more*. */
const CONTACT_STEP = 100;

/** The conversations of a user: as the service lists them, then the groups joined that are not in that list. */
export class UserBranch {
  readonly pager: Pager<Contact, 'next'>;

  constructor(source: Source<ContactSource>, user: string, infos: GroupInfos) {
    this.pager = new Pager(contactPages(source, user, infos), ({ chat }) => sideKey(chat), CONTACT_STEP);
  }

  /** Pinned ones first, then the newest. */
  get contacts(): Contact[] {
    return [...this.pager.items].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.time - a.time);
  }

  contact(chat: ChatAddress): Contact | undefined {
    return this.pager.item(sideKey(chat));
  }

  invalidate(): void {
    this.pager.invalidate();
  }

  dispose(): void {
    this.pager.cancel();
  }
}

/**
 * The client's listings have no place to go on from, so their iterator is kept. After a failure it starts from the
 * beginning, and the pager drops what came already.
 */
function contactPages(
  source: Source<ContactSource>,
  user: string,
  infos: GroupInfos,
): FetchPage<Contact, 'next'> {
  async function* read(signal: AbortSignal): AsyncGenerator<Contact[], void, undefined> {
    const client = await source(signal);
    for await (const page of client.recentContacts(user, signal)) {
      yield page.flatMap((recent) => contactOf(recent, user));
    }
    for await (const page of client.joinedGroups(user, signal)) {
      infos.learn(page);
      yield page.map(joined);
    }
  }
  let pages: AsyncIterator<Contact[]> | undefined;
  return async (cursor, signal) => {
    if (cursor === undefined) pages = undefined;
    try {
      pages ??= read(signal)[Symbol.asyncIterator]();
      const page = await pages.next();
      return page.done === true ? { items: [], next: undefined } : { items: page.value, next: 'next' };
    } catch (error) {
      pages = undefined;
      throw error;
    }
  };
}

function contactOf({ peer, groupId, time, pinned }: RecentContact, user: string): Contact[] {
  if (peer !== undefined) return [{ chat: { chat: 'c2c', user, peer }, time, pinned }];
  return groupId === undefined ? [] : [{ chat: { chat: 'group', group: groupId }, time, pinned }];
}

function joined({ id, lastMessageTime = 0 }: GroupInfo): Contact {
  return { chat: { chat: 'group', group: id }, time: lastMessageTime, pinned: false };
}
