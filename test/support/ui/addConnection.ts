import type { RunningSandbox } from '../../../src/sandbox/server';
import type { Workbench } from './workbench';

/** Adds a connection to a sandbox as one adds an app: by *Add Connection…* and its last step. */
export async function addConnection(
  workbench: Workbench,
  sandbox: RunningSandbox,
  { name, environment, endpoint = sandbox.url, told = name }: AddedConnection,
): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.runCommand('Tencent Chat: Add Connection…');
  await quickInput.pick('Custom endpoint…');
  await quickInput.asks(/Endpoint: https/);
  await quickInput.enter(endpoint);
  await quickInput.asks(/SDKAppID of the app/);
  await quickInput.enter(String(sandbox.app.sdkAppId));
  await quickInput.asks(/Secret key of SDKAppID/);
  await quickInput.enter(sandbox.secretKey);
  await quickInput.pick('Name');
  await quickInput.asks(/Name of the connection/);
  await quickInput.enter(name);
  await quickInput.pick('Environment');
  await quickInput.pick(environment);
  await quickInput.pick('Test and Save');
  await workbench.notifications.waitFor(new RegExp(`${told}.* was added`));
}

interface AddedConnection {
  readonly name: string;
  readonly environment: 'Test' | 'Production';
  /** How the notice begins, where it does not show the whole name as it was typed. */
  readonly told?: string;
  /** The sandbox's own unless something stands between. */
  readonly endpoint?: string;
}
