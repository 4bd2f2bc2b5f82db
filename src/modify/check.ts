import type { MessageContent } from '../chat/model';
import { checkMessage, type Problem } from '../message/check';
import { changedMembers, type Member } from '../message/changes';
import { contentOf, parseMessage } from '../message/document';
import type { ModifyQuestions, ModifyRequest } from './model';

/** What the local check says. */
export type Checked =
  | { readonly kind: 'ready'; readonly mine: MessageContent }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'nothingToDo' };

/**
 * Checks a message document before anything leaves. Broken JSON stops here; other errors may be sent anyway,
 * because people debug formats by seeing what the service says.
 */
export async function checkText(
  { text, base }: Pick<ModifyRequest, 'text' | 'base'>,
  questions: Pick<ModifyQuestions, 'problems'>,
): Promise<Checked> {
  const problems = checkMessage(text);
  const mine = contentOf(parseMessage(text));
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
