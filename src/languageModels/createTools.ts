import type * as vscode from 'vscode';
import type { LanguageModelToolName } from '../contributions/ids';
import type { ToolName } from '../modelTools/inputs';
import { listConversations, readMessages } from './conversations';
import { checkMessage, examineUserSigTool, explainCode } from './explaining';
import { proposeDraft } from './proposeDraft';
import { FramedTool, type Tool } from './tool';
import type { ToolServices } from './toolServices';

/** The tools, by the names that the manifest has. */
export type LanguageModelTools = Readonly<Record<LanguageModelToolName, vscode.LanguageModelTool<unknown>>>;

/** Puts the tools for language models together. None of them sends, modifies, recalls or signs in. */
export function createTools(services: ToolServices): LanguageModelTools {
  const framed = <Name extends ToolName>(name: Name, tool: Tool<Name>): FramedTool<Name> =>
    new FramedTool(name, tool, services);
  return {
    tencentChat_listConversations: framed('tencentChat_listConversations', listConversations(services)),
    tencentChat_readMessages: framed('tencentChat_readMessages', readMessages(services)),
    tencentChat_checkMessage: framed('tencentChat_checkMessage', checkMessage()),
    tencentChat_explainCode: framed('tencentChat_explainCode', explainCode(services)),
    tencentChat_examineUserSig: framed('tencentChat_examineUserSig', examineUserSigTool(services)),
    tencentChat_proposeDraft: framed('tencentChat_proposeDraft', proposeDraft(services)),
  };
}
