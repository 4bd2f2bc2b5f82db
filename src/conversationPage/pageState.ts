import type { State } from '../conversation/pageProtocol';
import type { FindInPage } from './findInPage';
import type { Follower } from './follower';
import { noticeOf } from './notice';
import type { Outbox } from './outbox';
import type { PageList } from './pageList';
import type { PageReading } from './pageReading';

/** What of a page its state is put together from. */
interface Parts {
  readonly list: PageList;
  readonly reading: PageReading;
  readonly follower: Follower;
  readonly finder: FindInPage;
  readonly outbox: Outbox;
}

/**
 * How a page stands.
 *
 * @param isConnected whether its connection is there
 */
export function stateOf(
  { list, reading, follower, finder, outbox }: Parts,
  faces: boolean,
  isConnected: boolean,
): State {
  const notice = noticeOf(reading.phase, isConnected, list.isEmpty);
  const find = finder.view;
  return {
    viewed: list.viewed,
    follow: follower.on,
    faces,
    senders: outbox.senders(list.all),
    ...(notice && { notice }),
    ...(find && { find }),
  };
}
