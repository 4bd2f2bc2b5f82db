import { getLocation, type Location } from 'jsonc-parser';
import type * as vscode from 'vscode';
import { findSpec, type CallSpec } from '../chat/calls/specs';
import { maskBody } from '../requests/body';
import { blockAt, requestLineOf, type Block, type Part } from '../requests/document';
import { targetOf } from '../requests/target';
import { requestsOf } from './parsed';

/** A place in the body of a request. */
export interface BodyPlace {
  readonly block: Block;
  readonly body: Part;
  /** `service/command`; undefined where the URL names none. */
  readonly command: string | undefined;
  /** In the body with what is filled in taken out. */
  readonly location: Location;
  /** The body as JSON that is not filled in yet. */
  readonly masked: string;
}

/** The place in a body at a position; undefined outside of bodies. */
export function bodyPlaceAt(document: vscode.TextDocument, position: vscode.Position): BodyPlace | undefined {
  const offset = document.offsetAt(position);
  const block = blockAt(requestsOf(document), offset);
  const body = block?.body;
  if (!block || !body || offset < body.offset || offset > body.offset + body.length) return undefined;
  const masked = maskBody(body.text).text;
  return {
    block,
    body,
    command: commandOf(block),
    location: getLocation(masked, offset - body.offset),
    masked,
  };
}

/** The call of a block. */
export function commandOf(block: Block): string | undefined {
  const line = requestLineOf(block);
  const target = line && targetOf(line.url.text);
  return target && 'command' in target ? target.command : undefined;
}

/** What is described of the body that a place is in; nothing where its call is not known. */
export function describedOf({ command }: BodyPlace): CallSpec['body'] {
  return (command === undefined ? undefined : findSpec(command)?.body) ?? {};
}

/** The document with everything but one body blank, so that each place in it stays where it is. */
export function onlyBody(document: vscode.TextDocument, { body, masked }: BodyPlace): string {
  const text = document.getText();
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  return blank(text.slice(0, body.offset)) + masked + blank(text.slice(body.offset + body.length));
}
