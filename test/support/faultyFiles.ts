import { writeFile } from 'node:fs/promises';
import { nodeFiles, type FileLayer, type OpenFile } from '../../src/files/fileLayer';

/** How a disk takes nothing: full (names fit, a part of the content, no more), or read-only. */
export type DiskTrouble = 'full' | 'readOnly';

/** The real file system on a disk that can run full or become read-only at any moment. */
export class FaultyFiles implements FileLayer {
  trouble: DiskTrouble | undefined;
  /** Writes that failed. */
  refused = 0;

  readonly readFile = nodeFiles.readFile.bind(nodeFiles);
  readonly readdir = nodeFiles.readdir.bind(nodeFiles);
  readonly stat = nodeFiles.stat.bind(nodeFiles);

  async open(path: string, flags: 'r' | 'wx', mode?: number): Promise<OpenFile> {
    if (flags === 'wx') this.refuseIfReadOnly();
    const file = await nodeFiles.open(path, flags, mode);
    return {
      writeFile: async (data, encoding) => {
        if (this.trouble === 'full') {
          await writeFile(path, data.slice(0, data.length / 2), encoding);
          this.refuse('ENOSPC');
        }
        await file.writeFile(data, encoding);
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.refuseIfReadOnly();
    await nodeFiles.rename(from, to);
  }

  async unlink(path: string): Promise<void> {
    this.refuseIfReadOnly();
    await nodeFiles.unlink(path);
  }

  async mkdir(path: string, options: { readonly recursive: true }): Promise<string | undefined> {
    if (this.trouble === 'readOnly' && (await nodeFiles.stat(path).catch(() => undefined)) === undefined)
      this.refuse('EROFS');
    return nodeFiles.mkdir(path, options);
  }

  async rm(path: string, options: { readonly recursive: true; readonly force: true }): Promise<void> {
    this.refuseIfReadOnly();
    await nodeFiles.rm(path, options);
  }

  private refuseIfReadOnly(): void {
    if (this.trouble === 'readOnly') this.refuse('EROFS');
  }

  private refuse(code: string): never {
    this.refused += 1;
    throw Object.assign(new Error(code), { code });
  }
}
