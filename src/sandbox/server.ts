import type { ChatApp } from '../chat/model';
import { ControlRoutes } from './door/control';
import { HttpServer } from './door/httpServer';
import type { SandboxOptions } from './options';
import { Sandbox } from './sandbox';
import { sampleSeed } from './seed/sample';
import type { Store } from './store/store';

/** A sandbox that listens. */
export interface RunningSandbox {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** What a client needs to talk to it, with {@link RunningSandbox.secretKey}. */
  readonly app: ChatApp;
  readonly secretKey: string;
  /** The data, for tests that look behind the calls. */
  readonly store: Store;
  readonly sandbox: Sandbox;
  /** Stops listening, breaks every connection and writes what is left to write. */
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for the service on loopback.
 *
 * @throws {Error} when the port is taken, the seed is wrong or the data file cannot be used
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const seed = options.seed ?? sampleSeed();
  const sandbox = new Sandbox(options, () => undefined);
  sandbox.load(seed);
  const control = new ControlRoutes(sandbox);
  const http = new HttpServer(async (request, reply) => {
    if (control.owns(request)) control.handle(request, reply);
    else await sandbox.handle(request, reply);
  });
  const port = await http.listen(options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const { sdkAppId, administrators, secretKey, store } = sandbox;
  return {
    ...{ url, port, secretKey, store, sandbox },
    app: { endpoint: url, sdkAppId, administrator: administrators[0] ?? '' },
    async stop() {
      await sandbox.stop();
      await http.stop();
    },
  };
}
