import type * as vscode from 'vscode';
import { storageKeys } from '../contributions/ids';

/** What opening the walkthrough by itself goes by. */
interface Welcome {
  readonly memento: vscode.Memento;
  /** The tree: who runs a command that asks something is not to lose that to an editor. */
  readonly view: Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>;
  /** Whether a person lets extensions open one after their install. */
  readonly isWanted: () => boolean;
  /** Whether nothing is open in the editor area. */
  readonly isEmpty: () => boolean;
  readonly open: () => void;
}

/**
 * Opens the walkthrough once, when the tree is first looked at after the install, and never again by itself. It takes
 * nobody's place: where something is open in the editor area it stays closed for good, as for a person who has been here
 * before, or who wants no extension to open one. VS Code itself opens it where the install happens in its window; then it
 * is what is open.
 */
export function welcome({ memento, view, isWanted, isEmpty, open }: Welcome): vscode.Disposable | undefined {
  const isNew = memento.keys().every((key) => key === storageKeys.walkthrough);
  if (!isNew) return undefined;
  let isOver = false;
  const look = (): void => {
    if (isOver || !view.visible) return;
    isOver = true;
    void memento.update(storageKeys.welcomed, true);
    if (isWanted() && isEmpty()) open();
  };
  look();
  return view.onDidChangeVisibility(look);
}
