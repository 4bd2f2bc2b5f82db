import * as vscode from 'vscode';
import { newPlan } from '../bulk/plan';
import type { LeftOut } from '../bulk/preview';
import type { MessageContent } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import type { Draft, DraftList } from '../documents/draftList';
import { restOfText, textOf } from '../documents/knowledge';
import type { MessageDocuments } from '../documents/messageDocuments';
import { checkMessage } from '../message/checks';
import { changedMembers } from '../message/changes';
import { sentContent } from '../message/sentContent';
import { pickMembers } from '../modify/checkedText';
import { messageName } from '../ui/messageName';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { openDocument } from '../ui/openDocument';
import { connectionOfPlan } from './connectionOfPlan';
import type { Plans } from './plans';

/** What *Modify All Drafts* works with. */
export interface ModifyDraftsServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly drafts: DraftList;
  readonly plans: Plans;
  /** Brings what was typed into pages of a message into its document. */
  readonly flush: (uri: vscode.Uri) => Promise<void>;
}

/** A draft as a plan takes it. */
interface Wanted {
  readonly draft: Draft;
  readonly base: MessageContent;
  readonly mine: MessageContent;
  readonly why?: LeftOut['why'];
  /** What the service shows, as far as it is known: what is overwritten when a person takes the draft in all the same. */
  readonly service?: MessageContent;
}

/**
 * *Modify All Drafts*: a plan for each connection. What cannot be sent as it is, is left out, and said so.
 *
 * @param only the documents of those that are meant; without it, all
 */
export async function modifyAllDrafts(
  services: ModifyDraftsServices,
  only?: ReadonlySet<string>,
): Promise<void> {
  const all = await services.drafts.all();
  const drafts = only ? all.filter(({ uri }) => only.has(uri.toString())) : all;
  if (!drafts.some(({ condition }) => condition === 'ready'))
    throw new NothingToDo(vscode.l10n.t('No draft is ready to be sent.'));
  const wanted: Wanted[] = [];
  for (const draft of drafts) wanted.push(await wantedOf(services, draft));
  for (const connectionId of new Set(drafts.map(({ ref }) => ref.connectionId)))
    await modifyOf(
      services,
      connectionId,
      wanted.filter(({ draft }) => draft.ref.connectionId === connectionId),
    );
}

async function modifyOf(
  { connections, plans }: ModifyDraftsServices,
  connectionId: string,
  wanted: readonly Wanted[],
): Promise<void> {
  if (wanted.every(({ draft }) => draft.condition !== 'ready')) return;
  const connection = connectionOfPlan(connections, connectionId);
  const fit = wanted.filter(({ why }) => why === undefined);
  const left = wanted.flatMap(({ draft: { ref }, base, mine, why, service }): LeftOut[] => {
    const content = pickMembers(mine, changedMembers(base, mine));
    const item = { address: ref.address, base, content };
    return why === undefined ? [] : [{ item, why, ...(service && { content: service }) }];
  });
  const items = fit.map(({ draft: { ref }, base, mine }) => ({ address: ref.address, base, mine }));
  await plans.begin(newPlan(connection, { kind: 'drafts' }, items, Date.now()), left);
}

async function wantedOf({ documents, flush }: ModifyDraftsServices, draft: Draft): Promise<Wanted> {
  const { ref, uri, condition } = draft;
  await flush(uri);
  const open = openDocument(uri);
  if (open?.isDirty && !(await open.save()))
    throw new NoticeError(
      vscode.l10n.t('The draft of {0} could not be saved, so nothing was sent.', messageName(ref)),
    );
  const known = await documents.get(ref);
  const text = open?.getText() ?? (known ? textOf(known) : '');
  const base = known ? restOfText(known, text).base : {};
  const mine = sentContent(text);
  if (!mine) return { draft, base, mine: {}, why: 'broken' };
  if (condition !== 'ready')
    return { draft, base, mine, why: condition, ...(known?.service && { service: known.service }) };
  const refused = checkMessage(text).some(({ severity }) => severity === 'error');
  return { draft, base, mine, ...(refused && { why: 'problem' as const }) };
}
