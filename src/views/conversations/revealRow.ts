import type * as vscode from 'vscode';
import { sleep } from '../../chat/wire/sleep';

const TRIES = 10;
/** Longer than VS Code gathers changes of a tree before it reads it anew. */
const PAUSE_MS = 300;

/**
 * What VS Code answers when it begins to read a tree anew while it is asked to show a row of it: the row's handle, or the
 * row in the list of the window, is gone, or what was asked is cancelled (mainThreadTreeViews.ts and extHostTreeViews.ts
 * of VS Code, 1.100 and 1.139).
 */
const readAnew = /^Cannot resolve tree item for element |^TreeError \[|^Canceled$/;

/**
 * Puts the focus on a row and opens it. VS Code gives the row up when it begins to read the tree anew meanwhile, as it does
 * a moment after whatever changed it, and says so or not: then it is asked again.
 *
 * @throws any other error at once, and that one when it does not end
 */
export async function revealRow<Node extends { readonly id: string }>(
  view: Pick<vscode.TreeView<Node>, 'reveal' | 'selection'>,
  node: Node,
  pause: () => Promise<void> = () => sleep(PAUSE_MS),
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await view.reveal(node, { expand: true, select: true, focus: true });
      if (tries === TRIES || view.selection.some(({ id }) => id === node.id)) return;
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      if (tries === TRIES || !readAnew.test(message)) throw error;
    }
    await pause();
  }
}
