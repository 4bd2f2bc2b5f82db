import { parseArgs } from 'node:util';
import { isUserId } from './calls/fields';
import { parseFault } from './http/faults';
import { defaults, type SandboxOptions } from './options';
import { defaultSettings, strictSettings, withSettings } from './settings';
import { readWebhookTarget } from './webhooks';

/** What a command line asks for. Files are named, not read. */
export interface CommandLine {
  readonly options: SandboxOptions;
  readonly seedFile?: string;
  readonly publicKeyFile?: string;
  readonly empty: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}

/** Variable of the environment with the key. Unlike the command line, other users of the machine do not see it. */
export const KEY_VARIABLE = 'TENCENT_CHAT_SANDBOX_KEY';

export const usage = `A stand-in for the server API of Tencent Cloud Chat, on this machine only.

  --port N             port on 127.0.0.1; 0 picks a free one (${defaults.port})
  --sdkappid N         SDKAppID of the app (${defaults.sdkAppId})
  --secret-key KEY     key that UserSigs are signed with; or the environment's ${KEY_VARIABLE},
                       which other users of this machine do not see
  --public-key FILE    PEM file that UserSigs of the old generation, with a key pair, are checked with
  --admin USERID       administrator of the app; may be given several times (${defaults.administrator})
  --seed FILE          data to begin with, in the seed format
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
  --quiet              do not write a line for each call to the error output

Settings: ${Object.keys(defaultSettings).join(', ')}.
docs/sandbox.md says what they mean.

  check [--json] FILE…   checks the messages in files instead; check --help says more
`;

/**
 * Reads a command line.
 *
 * @param keyOfEnvironment value of {@link KEY_VARIABLE}
 * @throws {Error} that says what is wrong in it
 */
export function readCommandLine(args: readonly string[], keyOfEnvironment?: string): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(defaults.port) },
      sdkappid: { type: 'string', default: String(defaults.sdkAppId) },
      'secret-key': { type: 'string', default: keyOfEnvironment ?? defaults.secretKey },
      'public-key': { type: 'string' },
      admin: { type: 'string', multiple: true, default: [defaults.administrator] },
      seed: { type: 'string' },
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
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values['secret-key'] === '') throw new Error('The secret key is empty.');
  const settings = { ...(values.strict && strictSettings), ...settingsOf(values.set) };
  withSettings(defaultSettings, settings);
  for (const rule of values.fault) parseFault(rule);
  const webhook = values.webhook === undefined ? undefined : webhookOf(values.webhook, values);
  const options: SandboxOptions = {
    port: integer('--port', values.port, 65_535),
    sdkAppId: integer('--sdkappid', values.sdkappid, 4_294_967_295),
    secretKey: values['secret-key'],
    administrators: values.admin.map(administrator),
    settings,
    faults: values.fault.map((rule) => faultRule(rule)),
    allow: { hosts: values['allow-host'].map(hostOf), origins: values['allow-origin'].map(originOf) },
    ...(values.data !== undefined && { dataFile: values.data }),
    ...(webhook && { webhook }),
  };
  const { empty, quiet, help, seed, 'public-key': publicKey } = values;
  return {
    ...{ options, empty, quiet, help },
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
