import { LeaseFiles } from '../documents/leases';
import type { ListedMessage } from '../lists/formatList';
import { messagesFrom, plainMessages } from '../lists/listStore';

/** What unsaved texts of lists rest on: the messages that are other ones than the list was made of. */
export class ListLeases extends LeaseFiles<readonly ListedMessage[]> {
  protected plain(rest: readonly ListedMessage[]): object {
    return { rest: plainMessages(rest) };
  }

  protected restFrom({ rest }: Record<string, unknown>): readonly ListedMessage[] | undefined {
    return messagesFrom(rest);
  }
}
