import * as vscode from 'vscode';
import { listOf } from '../lists/formatList';
import { namedKinds, type NameBook, type NamedKind } from '../pseudonyms/nameBook';
import { Pseudonyms } from '../pseudonyms/pseudonyms';
import type { Spool } from '../transfer/spool';
import type { Pages } from '../ui/pages';
import { withProgress } from '../ui/progress';
import { showDiff } from '../ui/titles';
import { askPick } from '../ui/wizard';

/** So many messages are shown before they are written; the names are shown all. */
const SHOWN = 100;

/**
 * Looks through what is to be exported, shows what would change to what, and asks whether that is right. Nothing of it
 * leaves this window's memory before.
 *
 * @throws CancellationError when the person does not want it
 */
export async function agreedPseudonyms(
  pages: Pages,
  spool: Spool,
  book: NameBook,
  texts: boolean,
  name: string,
): Promise<Pseudonyms> {
  const pseudonyms = new Pseudonyms(book, { texts });
  const before: string[] = [];
  await withProgress(vscode.l10n.t('Looking for names in the messages of {0}', name), async ({ signal }) => {
    for await (const page of spool.pages()) {
      signal.throwIfAborted();
      for (const item of page) {
        pseudonyms.learn(item);
        if (before.length < SHOWN) before.push(item);
      }
    }
  });
  const original = pages.write('export/messages.json', listOf(before));
  const changed = pages.write(
    'export/pseudonymised.json',
    listOf(before.map((item) => pseudonyms.hide(item))),
  );
  await showDiff(
    original,
    changed,
    spool.count > SHOWN
      ? vscode.l10n.t('Export: the first {0} messages ↔ pseudonymised', before.length)
      : vscode.l10n.t('Export: messages ↔ pseudonymised'),
  );
  const { met } = book;
  const counts = namedKinds
    .map((kind) => ({ kind, count: met.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${kindName(kind)}: ${count}`);
  for (;;) {
    const chosen = await askPick<'write' | 'names'>(vscode.l10n.t('Export Pseudonymised'), {
      placeholder: vscode.l10n.t('Is what the diff shows right?'),
      choices: [
        {
          value: 'write',
          label: vscode.l10n.t('Write the File'),
          description: counts.join(' · '),
          icon: 'export',
        },
        { value: 'names', label: vscode.l10n.t('Show All Names'), icon: 'list-flat' },
      ],
    });
    if (chosen === 'write') return pseudonyms;
    const table = Object.fromEntries(
      namedKinds.map((kind) => [
        kindName(kind),
        Object.fromEntries(
          met.flatMap((one) => (one.kind === kind ? [[one.original, one.name] as const] : [])),
        ),
      ]),
    );
    await pages.show('export/names.json', `${JSON.stringify(table, null, 2)}\n`);
  }
}

function kindName(kind: NamedKind): string {
  switch (kind) {
    case 'account':
      return vscode.l10n.t('Accounts');
    case 'phone':
      return vscode.l10n.t('Telephone numbers');
    case 'mail':
      return vscode.l10n.t('Mail addresses');
    case 'host':
      return vscode.l10n.t('Hosts');
  }
}
