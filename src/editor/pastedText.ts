import * as vscode from 'vscode';
import { withLineFeeds } from '../json/projections/projection';
import type { PaneId } from '../protocol';
import type { HeldMessage } from '../reading/pasted';
import { showNotice } from '../ui/messages';
import { sayInStatusBar } from '../ui/statusBar';
import { repairTexts } from '../words/slipTexts';
import type { DocumentSession } from './documentSession';
import { bodyEdits, isPlain, wholeEdits, type Become } from './pastedEdits';
import type { SessionPage } from './pageFlushes';

/** Longer texts are looked at by *Check Selection as Message*, if at all. */
const LONGEST = 1_000_000;

/**
 * A text was pasted into a page. When it is now all that its editor, or the document, holds, and it holds one message in
 * whatever notation, that becomes the message, in one step that undo takes back; among other things it is offered.
 */
export async function becomeMessage(
  session: DocumentSession,
  page: SessionPage,
  id: PaneId,
  pasted: string,
): Promise<void> {
  const text = withLineFeeds(pasted);
  if (id !== 'MsgBody' || text.length > LONGEST) return;
  await session.flush();
  const part = partHeldBy(session, text);
  if (part !== undefined && isPlain(text, part)) return;
  const { heldMessage } = await import('../reading/pasted');
  const held = heldMessage(text);
  if (held === undefined) return;
  if (part === undefined) {
    if (held.whole) offer(session, page, text, held);
    return;
  }
  let become: Become | undefined;
  const done = await session.edit(page, (now) => {
    become = becomeOf(session, now, text, held);
    return become?.edits ?? [];
  });
  if (done && become !== undefined) say(session, page, held, become);
}

/** What of the document consists of the text: all of it, the place of `MsgBody`, or nothing of both. */
function partHeldBy(session: DocumentSession, text: string): 'document' | 'MsgBody' | undefined {
  if (session.text.trim() === text.trim()) return 'document';
  return session.pane('MsgBody')?.text.trim() === text.trim() ? 'MsgBody' : undefined;
}

function becomeOf(
  session: DocumentSession,
  now: string,
  text: string,
  { content }: HeldMessage,
): Become | undefined {
  const part = partHeldBy(session, text);
  if (part === 'document') return wholeEdits(now, content);
  const pane = session.pane('MsgBody');
  return part && pane && bodyEdits(now, pane.toDocument(0, pane.text.length), content);
}

/** What was read, and what was repaired; what was left out can be taken too. */
function say(
  session: DocumentSession,
  page: SessionPage,
  held: HeldMessage,
  { customDataLeftOut }: Become,
): void {
  const { notation, repairs, content } = held;
  sayInStatusBar(
    repairs.length === 0
      ? vscode.l10n.t(
          'The pasted text was read as a message ({0}). Undo brings back what was pasted.',
          notation,
        )
      : vscode.l10n.t(
          'The pasted text was read as a message ({0}), and repaired: {1}. Undo brings back what was pasted.',
          notation,
          repairTexts({ t: vscode.l10n.t, language: vscode.env.language }, repairs),
        ),
    'check',
  );
  if (!customDataLeftOut) return;
  void offerChange(
    session,
    page,
    vscode.l10n.t('The pasted message has another CloudCustomData, which was left out.'),
    vscode.l10n.t('Take It Too'),
    () => wholeEdits(session.text, content).edits,
  );
}

function offer(session: DocumentSession, page: SessionPage, text: string, held: HeldMessage): void {
  void offerChange(
    session,
    page,
    vscode.l10n.t('The pasted text holds a whole message ({0}).', held.notation),
    vscode.l10n.t('Replace This Message with It'),
    () => wholeEdits(session.text, held.content).edits,
  );
}

async function offerChange(
  session: DocumentSession,
  page: SessionPage,
  text: string,
  button: string,
  edits: () => Become['edits'],
): Promise<void> {
  const chosen = await showNotice('info', text, button);
  // By then the editor may be closed; its document would not show what was done.
  if (chosen === button && !session.document.isClosed) await session.edit(page, edits);
}
