import { parseArgs } from 'node:util';
import { checkEndpoint, isLoopback } from '../../chat/regions';
import { credentialVariables } from '../../requests/credentialVariables';

/** What a command line of `run` asks for. Files are named, not read. */
export interface RunLine {
  readonly files: readonly string[];
  /** Of a service that runs; undefined for a sandbox of its own. */
  readonly endpoint?: string;
  /** Files of seeds and lists that a sandbox of its own begins with. */
  readonly seedFiles: readonly string[];
  readonly empty: boolean;
  readonly junitFile?: string;
  readonly allowWrites: boolean;
  readonly allowDeletes: boolean;
  readonly help: boolean;
}

export const runUsage = `run FILE… sends the blocks of request documents (*.chat.http), one after the other, and says
of each whether its answer was what @expect expects; without one, whether ErrorCode is 0.

  --endpoint URL   send them there instead of to a sandbox of its own, with ${credentialVariables.sdkAppId},
                   ${credentialVariables.administrator} (administrator) and ${credentialVariables.secretKey} of the environment
  --seed FILE      data that a sandbox of its own begins with; may be given several times
  --empty          let it begin without data instead of the sample
  --junit FILE     write the results to this file too, as JUnit reads them
  --allow-writes   send calls that write to an endpoint that is not on this machine, too
  --allow-deletes  and those that cannot be undone: deleting, recalling, modifying, calls that are not known

It ends with 0 when all was as expected, 1 when something was not or could not be sent, 2 for a command line or a
document that is wrong.
`;

/**
 * Reads a command line of `run`.
 *
 * @throws {Error} that says what is wrong in it
 */
export function readRunLine(args: readonly string[]): RunLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      endpoint: { type: 'string' },
      seed: { type: 'string', multiple: true, default: [] },
      empty: { type: 'boolean', default: false },
      junit: { type: 'string' },
      'allow-writes': { type: 'boolean', default: false },
      'allow-deletes': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (!values.help && positionals.length === 0) throw new Error('Name the files to run.');
  const checked = values.endpoint === undefined ? undefined : checkEndpoint(values.endpoint);
  if (checked && 'problem' in checked)
    throw new Error(`--endpoint is an https URL without a path, not ${String(values.endpoint)}.`);
  return {
    files: positionals,
    ...(checked && { endpoint: checked.endpoint }),
    seedFiles: values.seed,
    ...{ empty: values.empty, help: values.help },
    ...(values.junit !== undefined && { junitFile: values.junit }),
    allowWrites: values['allow-writes'] || values['allow-deletes'],
    allowDeletes: values['allow-deletes'],
  };
}

/** True for an endpoint that never leaves this machine. */
export function isHere(endpoint: string): boolean {
  return isLoopback(new URL(endpoint).hostname);
}
