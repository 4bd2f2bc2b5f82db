import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workbench } from './workbench';

/** A revision in a file of the journal. */
interface Kept {
  readonly key: string;
  readonly outcome: { readonly state: string };
}

/** The states of a message's revisions in the journal, those of plans included, in no order. */
export async function statesOf(key: string, { storage }: Workbench): Promise<string[]> {
  // Nothing else of VS Code's folders: in them others come and go.
  const all = await readdir(path.join(storage, 'journal'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const files = all.filter((file) => file.isFile() && file.name.endsWith('.json'));
  // A revision that is settled this moment moves to another folder.
  const texts = await Promise.all(
    files.map((file) => readFile(path.join(file.parentPath, file.name), 'utf8').catch(() => undefined)),
  );
  return texts
    .filter((text) => text !== undefined)
    .map((text) => JSON.parse(text) as Kept | { readonly revisions: readonly Kept[] })
    .flatMap((kept) => ('revisions' in kept ? kept.revisions : [kept]))
    .filter((revision) => revision.key === key)
    .map(({ outcome }) => outcome.state);
}
