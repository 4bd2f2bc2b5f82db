import type * as vscode from 'vscode';

const texts = new WeakMap<vscode.TextDocument, { readonly version: number; readonly text: string }>();

/** The text of a document, put together once a version: VS Code joins all of its lines whenever it is asked. */
export function textOf(document: vscode.TextDocument): string {
  const { version } = document;
  const known = texts.get(document);
  if (known?.version === version) return known.text;
  const text = document.getText();
  texts.set(document, { version, text });
  return text;
}
