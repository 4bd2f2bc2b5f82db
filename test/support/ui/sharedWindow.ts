import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../eventually';
import { startWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/**
 * The VS Code that the files of tests of one process use one after the other, since to start one costs as much as most of
 * them do in it. `windowHooks.cjs` ends it with the process.
 */
interface SharedWindow {
  readonly workbench: Workbench;
  readonly development: boolean;
  /** Nobody gave it back yet. */
  inUse: boolean;
  /** A test failed in it: what it left behind is not to fail the next. */
  failed: boolean;
}

const WINDOW = Symbol.for('tencent-chat.window');
/** Each file of tests is a bundle of its own, so this is kept where all find it. */
const place = globalThis as { [WINDOW]?: SharedWindow | undefined };

/**
 * The shared window, clean: no editor, no draft, no history. VS Code keeps the sandbox's connection, which is now that of a
 * new sandbox. Whoever asks for more than settings and a size gets a window alone. {@link giveBack} ends the use of either.
 */
export async function shareWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { settings, viewport, development = false, ...more } = options;
  if (Object.keys(more).length > 0) return startWorkbench(options);
  const there = place[WINDOW];
  if (there && !there.inUse && !there.failed && there.development === development) {
    there.inUse = true;
    await makeClean(there.workbench, { settings, viewport });
    return there.workbench;
  }
  place[WINDOW] = undefined;
  await there?.workbench.stop();
  const workbench = await startWorkbench(options);
  place[WINDOW] = { workbench, development, inUse: true, failed: false };
  return workbench;
}

/** Leaves the shared window to the next file of tests; any other ends. */
export async function giveBack(workbench: Workbench): Promise<void> {
  const there = place[WINDOW];
  if (there?.workbench === workbench) there.inUse = false;
  else await workbench.stop();
}

/** What lets the views show of the new sandbox what they would show in a new window. */
const viewsAnew = [
  'workbench.actions.treeView.tencentChat.explorer.collapseAll',
  'tencentChat.explorer.refresh',
  'tencentChat.history.showAll',
];

/** Takes away what the file of tests before has left, and lays down the settings. */
async function makeClean(
  workbench: Workbench,
  { settings = {}, viewport = { width: 1400, height: 900 } }: Pick<WorkbenchOptions, 'settings' | 'viewport'>,
): Promise<void> {
  await workbench.page.setViewportSize(viewport);
  await workbench.closeEditors();
  await workbench.notifications.clear();
  workbench.errors.length = 0;
  await deleteFiles(workbench.storage);
  await workbench.setSettings(settings);
  const wanted = { 'tencentChat.sandbox.endpoint': '', 'files.autoSave': 'off', ...settings };
  await eventually(
    () =>
      workbench.inHost<boolean>(`
        const settings = vscode.workspace.getConfiguration();
        return Object.entries(${JSON.stringify(wanted)}).every(([name, value]) =>
          JSON.stringify(settings.get(name)) === JSON.stringify(value));`),
    'the settings',
  );
  await workbench.inHost(`
    const there = new Set(await vscode.commands.getCommands());
    for (const id of ${JSON.stringify(viewsAnew)})
      if (there.has(id)) await vscode.commands.executeCommand(id);`);
}

/** The folders stay, for the extension watches them. */
async function deleteFiles(folder: string): Promise<void> {
  // Where nothing was ever kept there is none.
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await rm(path.join(entry.parentPath, entry.name), { force: true });
  }
}
