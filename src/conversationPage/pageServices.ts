import type * as vscode from 'vscode';
import type { ChatAddress } from '../chat/address';
import type { Connections } from '../connections/connections';
import type { MarksView, RowKey } from '../conversation/rowViews';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { SendOutcome } from '../sending/sendRequest';
import type { UnsentStore } from '../sending/unsentStore';
import type { Log } from '../ui/log';
import type { Notices } from '../ui/notices';
import type { GroupNames } from './groupNames';
import type { PageFiles } from './pageFiles';
import type { People } from './people';

/** What this machine modified, by row. */
export type OurChanges = ReadonlyMap<RowKey, NonNullable<MarksView['modified']>>;

/** What sending from a page works with. */
export interface OutboxServices {
  readonly connections: Pick<Connections, 'get'>;
  readonly notices: Pick<Notices, 'message'>;
  readonly unsent: () => Promise<UnsentStore>;
  /** Sends a document without opening what came of it; undefined when the person declined. */
  readonly send: (uri: vscode.Uri) => Promise<SendOutcome | undefined>;
}

/** What a page shows: a conversation of a connection, of two users from whose side, a group from below whom. */
export interface ChatPlace {
  readonly connectionId: string;
  readonly chat: ChatAddress;
  readonly user?: string | undefined;
}

/** What pages work with. */
export interface PageServices extends OutboxServices {
  readonly connections: Connections;
  readonly notices: Notices;
  readonly files: PageFiles;
  readonly documents: MessageDocuments;
  readonly log: Log;
  readonly people: (connectionId: string) => People;
  readonly groupNames: GroupNames;
  /** What this machine modified in a conversation. */
  readonly changes: (place: ChatPlace) => Promise<OurChanges>;
  /** Seconds between two looks for what is new, of a page that follows. */
  readonly follow: () => number;
}
