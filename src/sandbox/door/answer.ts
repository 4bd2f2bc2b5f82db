import type { Success } from '../calls/call';

/** What goes back to the caller: the text of the body, and the code in it for logs. */
export interface Answer {
  readonly text: string;
  readonly code: number;
}

/** The envelope of success. */
export function success({ status = 'OK', info = '', fields = '' }: Success, display: boolean): Answer {
  const more = display ? ',"ErrorDisplay":""' : '';
  const text = `{"ActionStatus":"${status}","ErrorInfo":${JSON.stringify(info)},"ErrorCode":0${more}${fields}}`;
  return { text, code: 0 };
}

/** The envelope of refusal. */
export function failure(code: number, info: string, display = false): Answer {
  const more = display ? ',"ErrorDisplay":""' : '';
  return {
    text: `{"ActionStatus":"FAIL","ErrorInfo":${JSON.stringify(info)},"ErrorCode":${code}${more}}`,
    code,
  };
}
