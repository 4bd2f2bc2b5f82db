import * as vscode from 'vscode';
import { refKey, type MessageRef } from '../chat/address';
import { sameContent } from '../message/changes';
import type { MessageDocuments } from './messageDocuments';
import { parseMessageUri } from './messageRef';

/** What became of the open messages of a connection. */
export interface OpenMessages {
  /** The service has them no more. */
  readonly gone: number;
  /** Clean documents that show another content now. */
  readonly changed: number;
}

/** Reads the messages of a connection anew that stand in a tab, after all of its data changed. Asks for no secret. */
export async function readOpenMessages(
  documents: MessageDocuments,
  connectionId: string,
): Promise<OpenMessages> {
  let gone = 0;
  let changed = 0;
  for (const ref of openMessages(connectionId)) {
    const before = documents.peek(ref)?.base;
    if (before === undefined) continue;
    await documents.refresh(ref, { mayAsk: false });
    const after = documents.peek(ref);
    if (after === undefined) continue;
    if (after.gone) gone++;
    else if (!sameContent(before, after.base)) changed++;
  }
  return { gone, changed };
}

function openMessages(connectionId: string): MessageRef[] {
  const refs = new Map<string, MessageRef>();
  for (const { tabs } of vscode.window.tabGroups.all) {
    for (const { input } of tabs) {
      if (!(input instanceof vscode.TabInputCustom) && !(input instanceof vscode.TabInputText)) continue;
      const ref = parseMessageUri(input.uri);
      if (ref?.connectionId === connectionId) refs.set(refKey(ref), ref);
    }
  }
  return [...refs.values()];
}
