import * as vscode from 'vscode';
import { ChatServiceError } from '../chat/errors';
import { inputOf, type ToolInput, type ToolName } from '../modelTools/inputs';
import type { ReadInput } from '../modelTools/shape';
import { told } from '../modelTools/told';
import { isCancellation } from '../ui/cancellation';
import { NoticeError } from '../ui/noticeError';
import { ConfirmationText } from '../ui/confirmation';
import { plainText } from '../ui/plainText';
import { redact } from '../ui/redact';
import { demandEnabled, ToolRefusal, type ToolServices } from './toolServices';

/** What a person is asked before a tool does something. */
interface Confirmation {
  /** Words of ours alone: VS Code shows them as Markdown in a chat. */
  readonly title: string;
  /** What will be read or written, line by line. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Words of ours about what will be written, the text itself, and words after it. */
  readonly writes?: { readonly before: string; readonly text: string; readonly after?: string };
}

/** What a tool does; the frame around it is the same for all. Both throw {@link ToolRefusal}. */
export interface Tool<Name extends ToolName> {
  /** Absent where nothing of the person's is read or written. */
  readonly confirm?: (input: ToolInput<Name>) => Confirmation;
  /** @returns what the language model gets */
  readonly run: (input: ToolInput<Name>, signal: AbortSignal) => Promise<string> | string;
}

/** So many questions may wait for their answers. */
const MOST_ASKED = 20;

/**
 * A tool as VS Code calls it. Setting and input are checked before it asks and again when it runs, and one that asks runs
 * for nothing that it did not ask about. A refusal is an answer and no error: with an error VS Code writes the input into
 * its own log, which may be a UserSig.
 */
export class FramedTool<Name extends ToolName> implements vscode.LanguageModelTool<unknown> {
  /** The inputs that a person was asked about and that were not run yet. */
  private readonly asked: string[] = [];

  constructor(
    private readonly name: Name,
    private readonly tool: Tool<Name>,
    private readonly services: ToolServices,
  ) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): vscode.PreparedToolInvocation | undefined {
    const { confirm } = this.tool;
    if (!confirm) return undefined;
    try {
      const given = this.demand(input);
      const confirmationMessages = shown(confirm(given));
      this.asked.push(JSON.stringify(given));
      if (this.asked.length > MOST_ASKED) this.asked.shift();
      return { confirmationMessages };
    } catch (error) {
      // Running says why, and does nothing else.
      if (error instanceof ToolRefusal) return undefined;
      throw error;
    }
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      return result(await this.run(input, abort.signal));
    } catch (error) {
      if (isCancellation(error)) throw new vscode.CancellationError();
      if (error instanceof ToolRefusal) return result(told.refused(plainText(error.message)));
      return result(told.failed(this.words(error)));
    } finally {
      listener.dispose();
    }
  }

  private async run(value: unknown, signal: AbortSignal): Promise<string> {
    const input = this.demand(value);
    if (this.tool.confirm) {
      this.tool.confirm(input);
      const which = this.asked.indexOf(JSON.stringify(input));
      if (which < 0) throw new ToolRefusal(told.notAsked);
      this.asked.splice(which, 1);
    }
    return this.tool.run(input, signal);
  }

  private demand(value: unknown): ToolInput<Name> {
    demandEnabled(this.services);
    return demanded(inputOf(this.name, value));
  }

  /** The service's own words for a code that nobody documented are text of others, and no data of a message either. */
  private words(error: unknown): string {
    const { notices, log } = this.services;
    const known = NoticeError.is(error) || ChatServiceError.is(error);
    if (!known) log.error(error);
    const told = ChatServiceError.is(error) ? new ChatServiceError(error.command, error.code, '') : error;
    return plainText(redact(notices.message(told)));
  }
}

/** @throws ToolRefusal with what is wrong */
export function demanded<T>(read: ReadInput<T>): T {
  if ('wrong' in read) throw new ToolRefusal(read.wrong);
  return read.input;
}

function result(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function shown({ title, facts, writes }: Confirmation): vscode.LanguageModelToolConfirmationMessages {
  const message = new ConfirmationText();
  for (const [name, value] of facts) message.fact(name, value);
  if (writes) message.words(writes.before).code(writes.text);
  if (writes?.after !== undefined) message.words(writes.after);
  return { title, message: message.markdown };
}
