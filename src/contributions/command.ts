import type * as vscode from 'vscode';
import type { Reader } from './arguments';

/** A signature of a command, for its declaration. */
export type Signature = (...args: never[]) => unknown;

/** One reader for each parameter of a signature. */
type ReadersFor<P extends readonly unknown[]> = { [Index in keyof P]-?: Reader<NonNullable<P[Index]>> };
type ReadersOf<F extends Signature> = ReadersFor<Parameters<F>>;

/** One command of the extension. */
export interface Command<F extends Signature = Signature> {
  readonly id: string;
  readonly readers: readonly Reader<unknown>[];
  /** Only its type counts; no command has it. */
  readonly signature?: F;
}

/** The arguments of a command. */
export type ArgumentsOf<C> = C extends Command<infer F> ? Parameters<F> : never;

/** What a command gives. */
export type ResultOf<C> = C extends Command<infer F> ? ReturnType<F> : never;

/** Declares a command: its id, and by `F` what it takes and gives. Each parameter has a reader. */
export function command<F extends Signature>(id: string, ...readers: ReadersOf<F>): Command<F> {
  return { id, readers: readers };
}

/** An argument of a command that is not of its kind. The command did nothing. */
export class CommandArgumentError extends Error {
  constructor(
    readonly commandId: string,
    readonly position: number,
  ) {
    super(`argument ${position + 1} of ${commandId} is not of its kind`);
    this.name = 'CommandArgumentError';
  }
}

/**
 * Reads what a command was called with. More than it takes is passed over: menus add what it has no use for.
 *
 * @throws CommandArgumentError
 */
export function readArguments<C extends Command>(
  { id, readers }: C,
  args: readonly unknown[],
): ArgumentsOf<C> {
  const read = readers.map((reader, position) => {
    const value = args[position];
    if (value === undefined || value === null) return undefined;
    const known = reader(value);
    if (known === undefined) throw new CommandArgumentError(id, position);
    return known;
  });
  return read as ArgumentsOf<C>;
}

/** A command with its arguments for a button, a row, a menu or a quick fix. @param title localised */
export function asCommand<F extends Signature>(
  title: string,
  { id }: Command<F>,
  ...args: Parameters<F>
): vscode.Command {
  return { title, command: id, arguments: args as unknown[] };
}
