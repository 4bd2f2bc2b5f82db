import { parseArgs } from 'node:util';
import { isUserId } from './calls/fields';
import { isAddress } from './http/addresses';
import { parseFault } from './http/faults';
import { defaults, type SandboxOptions } from './options';
import { defaultSettings, strictSettings, withSettings } from './settings';
import { readWebhookTarget } from './webhooks/webhookTarget';

/** What a command line asks for. Files are named, not read. */
export interface CommandLine {
  readonly options: SandboxOptions;
  readonly seedFile?: string;
  /** Files of seeds and lists that are loaded one after another. */
  readonly importFiles: readonly string[];
  /** Where all data go when the sandbox is stopped. */
  readonly exportFile?: string;
  readonly publicKeyFile?: string;
  readonly empty: boolean;
  readonly quiet: boolean;
  /** Whether the line that says it is ready is JSON. */
  readonly json: boolean;
  readonly help: boolean;
}

/** Variable of the environment with the key. Unlike the command line, other users of the machine do not see it. */
export const KEY_VARIABLE = 'TENCENT_CHAT_SANDBOX_KEY';

/** Variable of the environment with the token of the control routes. */
export const TOKEN_VARIABLE = 'TENCENT_CHAT_SANDBOX_TOKEN';

/** A command line that cannot be used. */
export class CommandLineError extends Error {}

export const usage = `A stand-in for the server API of Tencent Cloud Chat, on this machine only.

  --port N             port; 0 picks a free one (${defaults.port})
  --listen ADDRESS     listen at this address instead of 127.0.0.1, so that other machines and containers can
                       call, by the names of --allow-host; control routes then want the token, which is printed
                       at the start, or taken from the environment's ${TOKEN_VARIABLE}
  --sdkappid N         SDKAppID of the app (${defaults.sdkAppId})
  --secret-key KEY     key that UserSigs are signed with; or the environment's ${KEY_VARIABLE},
                       which other users of this machine do not see
  --public-key FILE    PEM file that UserSigs of the old generation, with a key pair, are checked with
  --admin USERID       administrator of the app; may be given several times (${defaults.administrator})
  --seed FILE          data to begin with: a seed, or a list of messages
  --import FILE        the same; may be given several times. One that --export-on-exit names too may be missing
  --export-on-exit FILE  write all data to this file, as a seed, when the sandbox is stopped
  --empty              begin without data instead of the sample
  --data FILE          keep the data in this file; with one that exists, no seed is used
  --set NAME=VALUE     a setting, e.g. --set roamingDays=0; may be given several times
  --strict             refuse everything that is not documented to be accepted; --set NAME=VALUE can take some back
  --fault RULE         a fault, e.g. --fault openim/sendmsg:code=20004,times=2; may be given several times
  --webhook URL        call the webhooks at this address
  --webhook-token T    sign them with this token
  --webhook-commands   the webhooks that are on, with commas between them; all without it
  --allow-host NAME    answer calls by this host name too, not by loopback names only; may be given several times
  --allow-origin URL   answer web pages of this origin, * for every one; may be given several times
  --json               say in a line of JSON that it is ready: url, port, sdkAppId, administrator, secretKey, token
  --quiet              do not write a line for each call to the error output

It ends with 0 when it is stopped (SIGINT, SIGTERM, SIGHUP), 1 when it cannot start or go on, 2 for a command line
that is wrong.

Settings: ${Object.keys(defaultSettings).join(', ')}.
docs/sandbox.md says what they mean.

  check [--json] FILE…   checks the messages in files instead; check --help says more
  run FILE…              sends request documents (*.chat.http) instead; run --help says more
`;

/**
 * Reads a command line.
 *
 * @param keyOfEnvironment value of {@link KEY_VARIABLE}
 * @param tokenOfEnvironment value of {@link TOKEN_VARIABLE}
 * @throws {CommandLineError} that says what is wrong in it
 */
export function readCommandLine(
  args: readonly string[],
  keyOfEnvironment?: string,
  tokenOfEnvironment?: string,
): CommandLine {
  try {
    return read(args, keyOfEnvironment, tokenOfEnvironment);
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : '', { cause: error });
  }
}

function read(args: readonly string[], keyOfEnvironment?: string, token?: string): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(defaults.port) },
      listen: { type: 'string' },
      sdkappid: { type: 'string', default: String(defaults.sdkAppId) },
      'secret-key': { type: 'string', default: keyOfEnvironment ?? defaults.secretKey },
      'public-key': { type: 'string' },
      admin: { type: 'string', multiple: true, default: [defaults.administrator] },
      seed: { type: 'string' },
      import: { type: 'string', multiple: true, default: [] },
      'export-on-exit': { type: 'string' },
      empty: { type: 'boolean', default: false },
      data: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      strict: { type: 'boolean', default: false },
      fault: { type: 'string', multiple: true, default: [] },
      webhook: { type: 'string' },
      'webhook-token': { type: 'string' },
      'webhook-commands': { type: 'string' },
      'allow-host': { type: 'string', multiple: true, default: [] },
      'allow-origin': { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values['secret-key'] === '') throw new Error('The secret key is empty.');
  if (token === '') throw new Error(`${TOKEN_VARIABLE} is empty.`);
  if (values.listen !== undefined && !isAddress(values.listen)) {
    throw new Error(`--listen is an IP address, not ${values.listen}.`);
  }
  const settings = { ...(values.strict && strictSettings), ...settingsOf(values.set) };
  withSettings(defaultSettings, settings);
  for (const rule of values.fault) parseFault(rule);
  const webhook = values.webhook === undefined ? undefined : webhookOf(values.webhook, values);
  const options: SandboxOptions = {
    port: integer('--port', values.port, 65_535),
    ...(values.listen !== undefined && { listen: values.listen }),
    ...(token !== undefined && { token }),
    sdkAppId: integer('--sdkappid', values.sdkappid, 4_294_967_295),
    secretKey: values['secret-key'],
    administrators: values.admin.map(administrator),
    settings,
    faults: values.fault.map((rule) => faultRule(rule)),
    allow: { hosts: values['allow-host'].map(hostOf), origins: values['allow-origin'].map(originOf) },
    ...(values.data !== undefined && { dataFile: values.data }),
    ...(webhook && { webhook }),
  };
  const { empty, quiet, json, help, seed, 'public-key': publicKey } = values;
  const exportFile = values['export-on-exit'];
  return {
    ...{ options, empty, quiet, json, help, importFiles: values.import },
    ...(exportFile !== undefined && { exportFile }),
    ...(seed !== undefined && { seedFile: seed }),
    ...(publicKey !== undefined && { publicKeyFile: publicKey }),
  };
}

function integer(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new Error(`${name} is a number from 0 to ${max}.`);
  return value;
}

function administrator(userId: string): string {
  if (isUserId(userId)) return userId;
  throw new Error('--admin is 1 to 32 printable ASCII characters.');
}

function hostOf(name: string): string {
  if (/^(\[[0-9a-f:.]+\]|[\w.-]+)$/i.test(name)) return name;
  throw new Error(`--allow-host is a host name without port, not ${name}.`);
}

function originOf(text: string): string {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return text;
  throw new Error(`--allow-origin is an origin such as https://app.example.com, or *, not ${text}.`);
}

function settingsOf(pairs: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new Error(`--set is NAME=VALUE, not ${pair}.`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function faultRule(text: string): Record<string, unknown> {
  const { fault, seed } = parseFault(text);
  return { ...fault, ...(seed !== undefined && { seed }) };
}

function webhookOf(
  url: string,
  values: { 'webhook-token'?: string | undefined; 'webhook-commands'?: string | undefined },
): ReturnType<typeof readWebhookTarget> {
  const commands = values['webhook-commands']?.split(',');
  return readWebhookTarget({
    url,
    ...(values['webhook-token'] !== undefined && { token: values['webhook-token'] }),
    ...(commands && { commands }),
  });
}
