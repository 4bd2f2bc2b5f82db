import * as vscode from 'vscode';
import type { Viewed } from '../conversation/pageProtocol';
import type { MarksView, RowKey, RowView } from '../conversation/rowViews';
import { laidOut, messageRow } from '../conversation/messageRow';
import type { Entry, Item, Timeline } from '../conversation/timeline';
import type { MessageDocuments } from '../documents/messageDocuments';
import { isConflict, isDraft, isUnmerged } from '../documents/knowledge';
import { wordsLanguage } from '../ui/language';
import type { ChatPlace, OurChanges } from './pageServices';

/** Makes rows of what a timeline has, with what else is known of them. */
export class PageRows {
  changes: OurChanges = new Map();
  /** Gaps that are being read, and those that could not be, with why. */
  readonly filling = new Set<RowKey>();
  readonly failures = new Map<RowKey, string>();

  constructor(
    private readonly place: ChatPlace,
    private readonly timeline: Timeline,
    private readonly documents: MessageDocuments,
  ) {}

  row(item: Item, viewed: Viewed): RowView {
    const { key } = item;
    if (item.kind === 'gap') {
      const error = this.failures.get(key);
      const state = this.filling.has(key) ? 'loading' : error === undefined ? 'idle' : 'failed';
      return { kind: 'gap', key, where: item.where, state, ...(error !== undefined && { error }) };
    }
    if (item.message) {
      const { chat, user } = this.place;
      const own = chat.chat === 'c2c' ? (viewed === 'peer' ? chat.peer : chat.user) : user;
      const marks = this.marks(item, viewed);
      return messageRow(key, item.message, { own, language: wordsLanguage(), marks });
    }
    const { raw = '', member = 'MsgList', problem } = item.unreadable ?? {};
    const why =
      problem === 'missing'
        ? vscode.l10n.t('{0} is missing', member)
        : vscode.l10n.t('{0} has a value of another type', member);
    return { kind: 'unreadable', key, problem: why, raw: laidOut(raw).text };
  }

  private marks(entry: Entry, viewed: Viewed): MarksView {
    const { connectionId } = this.place;
    const address = entry.message?.address;
    const known = address && this.documents.peek({ connectionId, address });
    const modified = this.changes.get(entry.key);
    const onlyOn = viewed === 'both' ? this.timeline.onlyOn(entry) : undefined;
    const draft = known !== undefined && isDraft(known);
    return {
      draft,
      conflict: draft && (isConflict(known) || isUnmerged(known)),
      ...(modified && { modified }),
      ...(onlyOn && { onlyOn }),
    };
  }
}
