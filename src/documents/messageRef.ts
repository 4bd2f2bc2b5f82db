import * as vscode from 'vscode';
import { fromPath, toPath, type MessageRef } from '../chat/address';

/** Scheme of every document of a message. */
export const MESSAGE_SCHEME = 'tencent-chat';

/**
 * The documents of one message: `message` is what one edits, `base` is what it was opened from, `service` is what
 * the service shows now. The last two do not end in `.chatmsg.json`: on VS Code 1.100 a diff of two documents
 * that a custom editor claims opens two webviews and no diff.
 */
export type DocumentKind = 'message' | 'base' | 'service';

const endings: Readonly<Record<DocumentKind, string>> = {
  message: '.chatmsg.json',
  base: '.base.json',
  service: '.service.json',
};

/** URI of one of the documents of a message. It holds no secret. */
function documentUri(ref: MessageRef, kind: DocumentKind): vscode.Uri {
  return vscode.Uri.from({ scheme: MESSAGE_SCHEME, path: `/${toPath(ref)}${endings[kind]}` });
}

/** URI of the document that one edits. */
export function messageUri(ref: MessageRef): vscode.Uri {
  return documentUri(ref, 'message');
}

/** URI of the read-only document that shows what the message was opened from. */
export function baseUri(ref: MessageRef): vscode.Uri {
  return documentUri(ref, 'base');
}

/** URI of the read-only document that shows what the service has now. */
export function serviceUri(ref: MessageRef): vscode.Uri {
  return documentUri(ref, 'service');
}

/** Reads a URI made by {@link documentUri}; undefined for anything else. */
export function parseDocumentUri(uri: vscode.Uri): { ref: MessageRef; kind: DocumentKind } | undefined {
  if (uri.scheme !== MESSAGE_SCHEME) return undefined;
  for (const kind of ['message', 'base', 'service'] as const) {
    if (!uri.path.endsWith(endings[kind])) continue;
    const ref = fromPath(uri.path.slice(1, -endings[kind].length));
    return ref && { kind, ref };
  }
  return undefined;
}

/** Reads the URI of a document that one edits; undefined for anything else, bases included. */
export function parseMessageUri(uri: vscode.Uri): MessageRef | undefined {
  const parsed = parseDocumentUri(uri);
  return parsed?.kind === 'message' ? parsed.ref : undefined;
}
