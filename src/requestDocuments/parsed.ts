import type * as vscode from 'vscode';
import { directiveOf, requestLineOf, type Block, type RequestDocument } from '../requests/document';
import { parseRequests } from '../requests/parse';

const known = new WeakMap<vscode.TextDocument, { version: number; read: RequestDocument }>();

/** The requests of a document, read once for each of its versions. */
export function requestsOf(document: vscode.TextDocument): RequestDocument {
  const kept = known.get(document);
  if (kept?.version === document.version) return kept.read;
  const read = parseRequests(document.getText());
  known.set(document, { version: document.version, read });
  return read;
}

/** The blocks that call something. */
export function callingBlocks(requests: RequestDocument): Block[] {
  return requests.blocks.filter((block) => requestLineOf(block) !== undefined);
}

/** The name of the connection that a block goes through: its own, else the one that the document names at its top. */
export function connectionNameOf({ blocks }: RequestDocument, block: Block): string | undefined {
  const own = directiveOf(block, 'connection')?.text;
  const [first] = blocks;
  const name = own ?? (first && directiveOf(first, 'connection')?.text);
  return name === '' ? undefined : name;
}
