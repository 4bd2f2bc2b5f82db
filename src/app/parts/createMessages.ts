import * as path from 'node:path';
import { refKey, type MessageRef } from '../../chat/address';
import type { ChatMessage } from '../../chat/chatMessage';
import type { Connections } from '../../connections/connections';
import { ChangeDocuments, type RevisionContents } from '../../documents/changeDocuments';
import { ConflictMarks } from '../../documents/conflictMarks';
import { DraftDecorations } from '../../documents/decorations';
import { DirtyTracker, isShown } from '../../documents/dirtyTracker';
import { DraftList } from '../../documents/draftList';
import { DraftStore } from '../../documents/draftStore';
import { EditorMarks } from '../../documents/editorMarks';
import { EnvironmentStatus } from '../../documents/environmentStatus';
import { FocusRefresh } from '../../documents/focusRefresh';
import { isChanged } from '../../documents/knowledge';
import { Leases } from '../../documents/leases';
import { MessageDocuments } from '../../documents/messageDocuments';
import { MessageFactsOfDocuments } from '../../documents/messageFacts';
import { MessageFileSystem } from '../../documents/messageFileSystem';
import { sameContent } from '../../message/changes';
import type { Log } from '../../ui/log';
import type { Own } from '../../ui/room';
import type { MessageNews } from '../../views/conversations/news';
import type { Reports } from './createReports';

/** What the documents of messages are made of. */
export interface MessagesServices extends Reports {
  readonly storage: string;
  readonly connections: Connections;
  readonly log: Log;
  readonly revision: RevisionContents;
  /** A message as a list that a person looks at shows it. */
  readonly listed: (ref: MessageRef) => ChatMessage | undefined;
  /** Something is known of a message that was not. */
  readonly learned: (ref: MessageRef, news: MessageNews) => void;
  /** A message's text rests on another content now, which the service shows. */
  readonly moved: (ref: MessageRef) => void;
}

/** The messages of this window, as documents and as what is known of them. */
export interface Messages {
  readonly documents: MessageDocuments;
  readonly files: MessageFileSystem;
  readonly marks: DraftDecorations;
  readonly changes: ChangeDocuments;
  readonly facts: MessageFactsOfDocuments;
  readonly drafts: DraftList;
  /** Whether there is something to modify or to discard of a message. */
  readonly isChanged: (ref: MessageRef) => boolean;
}

/** Puts the messages together, with everything that follows what is known of them. */
export function createMessages(own: Own, services: MessagesServices): Messages {
  const { storage, connections, notices, damage, log, revision, listed, learned, moved } = services;
  const report = (error: unknown): void => log.error(error);
  const folder = path.join(storage, 'messages');
  const documents = own(
    new MessageDocuments({
      drafts: new DraftStore(folder, { onProblem: (problem) => damage.draft(problem) }),
      leases: new Leases(folder),
      source: {
        find: async (ref, { mayAsk, signal }) => {
          const client = await connections.client(ref.connectionId, { interactive: mayAsk, signal });
          return (await client.findMessage(ref.address, signal))?.message;
        },
        listed,
      },
      isShown,
      onFailure: report,
      onUnkept: (error) => damage.unkept(error),
    }),
  );
  const files = own(new MessageFileSystem(documents, (error) => notices.message(error)));
  const changed = new Set<string>();
  own(new DirtyTracker(documents, report));
  const marks = own(new DraftDecorations(documents));
  own(new ConflictMarks(documents));
  own(new EditorMarks(documents, (id) => connections.get(id), connections.onDidChange));
  own(new FocusRefresh(documents, report));
  own(new EnvironmentStatus((id) => connections.get(id), connections.onDidChange));
  own(
    documents.onDidLearn((ref, state, before) => {
      const { service, facts, base } = state;
      const key = refKey(ref);
      const marked = isChanged(state);
      const remarked = marked !== changed.has(key);
      if (marked) changed.add(key);
      else changed.delete(key);
      learned(ref, { ...(service && { content: service }), ...(facts && { flags: facts.flags }), remarked });
      const other = before !== undefined && service !== undefined && !sameContent(before.base, base);
      if (other && sameContent(base, service)) moved(ref);
    }),
  );
  return {
    documents,
    files,
    marks,
    changes: own(new ChangeDocuments(documents, revision)),
    facts: own(
      new MessageFactsOfDocuments(documents, (id) => connections.get(id), connections.onDidChange, report),
    ),
    drafts: new DraftList(documents),
    isChanged: (ref) => changed.has(refKey(ref)),
  };
}
