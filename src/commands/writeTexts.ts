import * as vscode from 'vscode';
import { writeFileAtomic } from '../files/atomic';
import { nodeFiles } from '../files/fileLayer';

const OWNER_ONLY = 0o600;

/** Writes pieces of a text into a file. On this machine it is replaced as a whole, in the end, and nobody else can read it. */
export async function writeTexts(target: vscode.Uri, text: AsyncIterable<string>): Promise<void> {
  if (target.scheme === 'file') {
    await writeFileAtomic(target.fsPath, text, nodeFiles, OWNER_ONLY);
    return;
  }
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  await vscode.workspace.fs.writeFile(target, Buffer.from(pieces.join(''), 'utf8'));
}
