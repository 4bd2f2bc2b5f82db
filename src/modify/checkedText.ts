import type { MessageContent } from '../chat/chatMessage';
import { checkMessage, type Problem } from '../message/checks';
import { changedMembers, type Member } from '../message/changes';
import { sentContent } from '../message/sentContent';
import type { ModifyQuestions, ModifyRequest } from './modifyRequest';

/** What the local check says. */
export type Checked =
  | { readonly kind: 'ready'; readonly mine: MessageContent }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'nothingToDo' };

/**
 * Checks a message document before anything leaves. Errors stop here unless they are to be sent anyway: people debug
 * formats by seeing what the service says. A text whose members cannot be told apart always stops.
 */
export async function checkText(
  { text, base }: Pick<ModifyRequest, 'text' | 'base'>,
  questions: Pick<ModifyQuestions, 'problems'>,
): Promise<Checked> {
  const problems = checkMessage(text);
  const mine = sentContent(text);
  if (!mine) return { kind: 'invalid', problems };
  if (changedMembers(base, mine).length === 0) return { kind: 'nothingToDo' };
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  if (hasErrors && (await questions.problems(problems)) === 'cancel') return { kind: 'invalid', problems };
  return { kind: 'ready', mine };
}

/** Only the members that are to be sent. */
export function pickMembers(content: MessageContent, members: readonly Member[]): MessageContent {
  const { msgBody, cloudCustomData } = content;
  return {
    ...(members.includes('MsgBody') && msgBody !== undefined && { msgBody }),
    ...(members.includes('CloudCustomData') && cloudCustomData !== undefined && { cloudCustomData }),
  };
}
