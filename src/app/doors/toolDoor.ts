import * as vscode from 'vscode';
import { languageModelTools } from '../../contributions/ids';
import type { LanguageModelTools } from '../../languageModels/createTools';
import { RoomError, type Entrance } from '../../ui/room';

/**
 * The tools for language models; loaded when the first one is called. What cannot be loaded is told as an answer: with an
 * error VS Code writes into its log what the tool was called with.
 */
export function registerTools(room: Entrance<LanguageModelTools>): vscode.Disposable {
  return vscode.Disposable.from(
    ...languageModelTools.map((name) =>
      vscode.lm.registerTool<unknown>(name, {
        prepareInvocation: async (options, token) =>
          (await loaded(room)).tools?.[name].prepareInvocation?.(options, token),
        invoke: async (options, token) => {
          const { tools, why } = await loaded(room);
          if (tools) return tools[name].invoke(options, token);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(why)]);
        },
      }),
    ),
  );
}

async function loaded(
  room: Entrance<LanguageModelTools>,
): Promise<{ readonly tools?: LanguageModelTools; readonly why: string }> {
  try {
    return { tools: await room.load(), why: '' };
  } catch (error) {
    if (!RoomError.is(error)) throw error;
    return { why: error.message };
  }
}
