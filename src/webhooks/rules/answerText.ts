import type { RuleAnswer } from './rule';

/** An answer as it goes out. */
export interface ReadyAnswer {
  readonly status: number;
  readonly text: string;
}

/** A text that is no JSON, as servers give it that fail in the middle. */
const BROKEN = '{"ActionStatus":"OK","ErrorCode":0,"Error';

/** The answer that lets everything go on. */
export const ALLOW = answerJson(0, '');

/** The text of an answer that needs nobody else; undefined for none at all, and for what one's own server is asked. */
export function readyAnswer(answer: RuleAnswer): ReadyAnswer | undefined {
  switch (answer.do) {
    case 'allow':
      return { status: 200, text: ALLOW };
    case 'forbid':
      return { status: 200, text: answerJson(answer.code ?? 1, answer.info ?? '') };
    case 'drop':
      return { status: 200, text: answerJson(2, '') };
    case 'replace': {
      const members = [
        ...(answer.msgBody === undefined ? [] : [`"MsgBody":${answer.msgBody}`]),
        ...(answer.cloudCustomData === undefined ? [] : [`"CloudCustomData":${answer.cloudCustomData}`]),
      ];
      return { status: 200, text: `${[ALLOW.slice(0, -1), ...members].join(',')}}` };
    }
    case 'broken':
      return { status: 200, text: answer.text ?? BROKEN };
    case 'status':
      return { status: answer.status, text: answer.text ?? '' };
    case 'custom':
      return { status: 200, text: answer.text };
    case 'none':
    case 'forward':
      return undefined;
  }
}

function answerJson(code: number, info: string): string {
  return JSON.stringify({ ActionStatus: 'OK', ErrorCode: code, ErrorInfo: info });
}
