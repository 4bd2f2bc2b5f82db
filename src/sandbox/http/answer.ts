import type { Success } from '../calls/call';
import { joinWire, toWire, type Wire } from '../wire';

/** What goes back to the caller: the body, and the code in it for logs. */
export interface Answer {
  readonly body: Wire;
  readonly code: number;
}

/** The envelope of success. */
export function success({ status = 'OK', info = '', fields = '', list }: Success, display: boolean): Answer {
  const more = display ? ',"ErrorDisplay":""' : '';
  const start = `{"ActionStatus":"${status}","ErrorInfo":${JSON.stringify(info)},"ErrorCode":0${more}${fields}`;
  if (list === undefined) return { body: toWire(`${start}}`), code: 0 };
  return { body: joinWire(toWire(`${start},"${list.name}":[`), list.items, toWire(']}')), code: 0 };
}

/** The envelope of refusal. */
export function failure(code: number, info: string, display = false): Answer {
  const more = display ? ',"ErrorDisplay":""' : '';
  const text = `{"ActionStatus":"FAIL","ErrorInfo":${JSON.stringify(info)},"ErrorCode":${code}${more}}`;
  return { body: toWire(text), code };
}
