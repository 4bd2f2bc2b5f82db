import * as vscode from 'vscode';
import type { Command, Signature } from './command';

/** Runs a command. It shows its own errors, and then gives undefined. */
export function runCommand<F extends Signature>(
  { id }: Command<F>,
  ...args: Parameters<F>
): Thenable<Awaited<ReturnType<F>> | undefined> {
  return vscode.commands.executeCommand(id, ...(args as unknown[]));
}
