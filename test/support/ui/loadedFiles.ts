import type { Workbench } from './workbench';

/** The files of the extension that its host has loaded, by their names in `dist/`, with their bytes. */
export type LoadedFiles = Readonly<Record<string, number>>;

/** Activates the extension if nobody did, and says what is loaded when that has ended. Needs `development`. */
export function activatedFiles(workbench: Workbench): Promise<LoadedFiles> {
  return workbench.inHost<LoadedFiles>(`
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.tencent-chat-message-editor'));
    const fs = process.getBuiltinModule('node:fs');
    await extension.activate();
    const dist = fs.realpathSync(extension.extensionPath) + '/dist/';
    const loaded = Object.keys(process.getBuiltinModule('node:module')._cache);
    const files = loaded.filter((file) => file.startsWith(dist));
    return Object.fromEntries(files.map((file) => [file.slice(dist.length), fs.statSync(file).size]));
  `);
}

/** The bytes of some files in all. */
export function bytesOf(files: LoadedFiles): number {
  return Object.values(files).reduce((sum, bytes) => sum + bytes, 0);
}
