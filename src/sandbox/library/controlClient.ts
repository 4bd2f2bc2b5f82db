import { isRecord, valueOfJson } from '../../json/values';
import type { ClockState, ExpectationOutcome, SandboxControl } from './types';

/** An answer of a control route. */
interface Answered {
  readonly status: number;
  readonly text: string;
}

/**
 * The control routes of a sandbox over HTTP.
 *
 * @param url of the sandbox, without a slash at its end
 */
export function controlOf(url: string, token?: string): SandboxControl {
  const send = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${url}/sandbox/${path}`, {
      method,
      ...(text !== undefined && { body: text }),
      ...(token !== undefined && { headers: { 'X-Sandbox-Token': token } }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  /** The answer's text, when all went well. */
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await send(method, path, body);
    if (answer.status === 200) return answer.text;
    throw new Error(errorIn(answer));
  };
  const askJson = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    JSON.parse(await ask(method, path, body)) as T;
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await ask(method, path, body);
  };
  const clock = (method: string, body?: unknown): Promise<ClockState> => askJson(method, 'clock', body);

  return {
    info: () => askJson('GET', 'info'),
    call: (command, body) => askJson('POST', `call?${new URLSearchParams({ command }).toString()}`, body),
    calls: (query = {}) => {
      const values = new URLSearchParams();
      for (const [name, value] of Object.entries<string | number | undefined>(query)) {
        if (value !== undefined) values.set(name, String(value));
      }
      return askJson('GET', `calls?${values.toString()}`);
    },
    forgetCalls: () => tell('DELETE', 'calls'),
    expect: async (expectation) => {
      const answer = await send('POST', 'expect', expectation);
      if (answer.status === 200) return JSON.parse(answer.text) as ExpectationOutcome;
      throw new Error(answer.status === 417 ? unmet(answer.text) : errorIn(answer));
    },
    reset: () => tell('POST', 'reset'),
    data: () => ask('GET', 'snapshot'),
    load: (seed, { add = false } = {}) => tell('POST', add ? 'seed?add=1' : 'seed', seed),
    keep: (name) => tell('POST', `snapshots?${new URLSearchParams({ name }).toString()}`),
    restore: (name) => tell('POST', `snapshots/restore?${new URLSearchParams({ name }).toString()}`),
    clock: () => clock('GET'),
    changeClock: (change) => clock('POST', change),
    resetClock: () => clock('DELETE'),
    settings: () => askJson('GET', 'settings'),
    changeSettings: (settings) => tell('POST', 'settings', settings),
    faults: () => askJson('GET', 'faults'),
    addFaults: (...faults) => tell('POST', 'faults', faults),
    clearFaults: () => tell('DELETE', 'faults'),
    setWebhook: (target) => (target ? tell('POST', 'webhook', target) : tell('DELETE', 'webhook')),
    webhooks: () => askJson('GET', 'webhooks'),
  };
}

function errorIn({ status, text }: Answered): string {
  const value = valueOfJson(text);
  const error = isRecord(value) ? value.error : undefined;
  return typeof error === 'string' ? error : `The sandbox answered HTTP ${status}.`;
}

/** An expectation that was not met, as a test's report shows it. */
function unmet(text: string): string {
  const { count, instead = [], ...others } = JSON.parse(text) as ExpectationOutcome & { expected: unknown };
  const lines = instead.map(({ number, command, code, differs }) => {
    const why = differs.map((difference) => `\n      ${difference}`).join('');
    return `  ${number}. ${command ?? 'no call'}, answered ${code}${why}`;
  });
  const came = lines.length === 0 ? 'No other call came.' : `What came instead:\n${lines.join('\n')}`;
  return `Expected ${JSON.stringify(others.expected)}; ${count} such calls came. ${came}`;
}
