import { join } from 'node:path';
import type * as vscode from 'vscode';
import { settings, type Settings } from '../contributions/settings';
import type { Log } from '../ui/log';
import { Output } from '../ui/output';
import { redact } from '../ui/redact';
import { Connections } from './connections';
import { ConnectionStore } from './connectionStore';
import { LocalSandbox } from '../localSandbox/localSandbox';
import { keptSandboxKey } from '../localSandbox/sandboxKey';
import { SandboxProcess } from '../localSandbox/sandboxProcess';
import { askSecret } from './secretPrompt';
import { SecretVault } from './secretVault';

/** The connections with their store, secrets and sandbox. */
export interface ConnectionsAndSandbox {
  readonly connections: Connections;
  /** The sandbox's own output. */
  readonly showSandboxOutput: () => void;
  dispose(): void;
}

/** Puts the connections together from what VS Code gives an extension. Nothing is read or started yet. */
export function createConnections(
  context: Pick<vscode.ExtensionContext, 'globalState' | 'secrets' | 'globalStorageUri' | 'asAbsolutePath'>,
  log: Log,
  read: Settings,
): ConnectionsAndSandbox {
  const disposables: { dispose(): unknown }[] = [];
  const onStoreFailure = (error: unknown): void => log.error(error, 'secret storage');
  const vault = new SecretVault(context.secrets, (secret) => log.hide(secret), onStoreFailure);
  const store = new ConnectionStore(context.globalState, vault);

  const output = new Output('Tencent Chat Sandbox');

  const sandboxKey = keptSandboxKey(context.secrets, onStoreFailure);
  let process: SandboxProcess | undefined;
  const sandbox = new LocalSandbox(
    () => read.read(settings.sandboxEndpoint),
    () =>
      (process ??= new SandboxProcess({
        script: context.asAbsolutePath(join('dist', 'sandbox.js')),
        folder: join(context.globalStorageUri.fsPath, 'sandbox'),
        port: () => read.read(settings.sandboxPort),
        secretKey: async () => {
          const key = await sandboxKey();
          log.hide(key);
          return key;
        },
        onOutput: (text) => output.append(redact(text)),
        onExit: () => {
          log.warn('the sandbox ended by itself');
          connections.sandboxStopped();
        },
      })),
  );
  const connections = new Connections(store, vault, sandbox, askSecret, {
    onExchange: (exchange, connection) => log.exchange(exchange, connection),
  });
  disposables.push(
    connections,
    context.secrets.onDidChange(({ key }) => void connections.secretStored(key)),
    read.onDidChange([settings.sandboxEndpoint], () => connections.sandboxChanged()),
  );
  return {
    connections,
    showSandboxOutput: () => output.show(),
    dispose: () => {
      for (const disposable of disposables) disposable.dispose();
      process?.dispose();
      output.dispose();
    },
  };
}
