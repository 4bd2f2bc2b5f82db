import * as fs from 'node:fs/promises';

/** An open file or folder, as far as durable writing needs it. */
export interface OpenFile {
  /** Writes behind what was written before. */
  writeFile(data: string, encoding: 'utf8'): Promise<void>;
  /** fsync: what was written is on the disk when this returns. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What is known about a file without reading it. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
}

/**
 * The part of `fs/promises` that everything durable goes through. Tests put a layer in its place that loses or
 * tears what was not synced, as a power cut does.
 */
export interface FileLayer {
  open(path: string, flags: 'r' | 'wx', mode?: number): Promise<OpenFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  stat(path: string): Promise<FileFacts>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Answers the topmost folder it made, undefined when all were there. */
  mkdir(path: string, options: { readonly recursive: true }): Promise<string | undefined>;
  rm(path: string, options: { readonly recursive: true; readonly force: true }): Promise<void>;
}

/** The real file system. */
export const nodeFiles: FileLayer = fs;

/** The `code` of a failed file operation (`ENOENT`, `EEXIST`, …), undefined for any other error. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
