import type { ChatApp } from '../chat/chatMessage';
import { ControlRoutes } from './http/control';
import { HttpServer } from './http/httpServer';
import type { SandboxOptions } from './options';
import { Sandbox } from './sandbox';
import { sampleSeed } from './seed/sample';
import { DataFile } from './store/dataFile';
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
  let file: DataFile | undefined;
  const sandbox = new Sandbox(options, () => file?.saved());
  const seed = options.seed ?? sampleSeed();
  if (options.dataFile === undefined) sandbox.load(seed);
  else {
    const opened = await DataFile.open(options.dataFile, sandbox.store, sandbox.seconds);
    file = opened.file;
    if (!opened.found) {
      sandbox.load(seed);
      await file.fold();
    }
  }
  const control = new ControlRoutes(sandbox, {
    replaceData: async (text) => {
      sandbox.load(text);
      await file?.fold();
    },
    addData: async (text) => {
      sandbox.add(text);
      await file?.saved();
    },
    reset: async () => {
      sandbox.reset();
      sandbox.load(seed);
      await file?.fold();
    },
  });
  const http = new HttpServer(
    (request, reply) =>
      control.owns(request) ? control.handle(request, reply) : sandbox.handle(request, reply),
    options.httpLimits,
  );
  const port = await http.listen(options.port ?? 0).catch(async (error: unknown) => {
    await file?.close();
    throw error;
  });
  const url = `http://127.0.0.1:${port}`;
  const { sdkAppId, administrators, secretKey, store } = sandbox;
  return {
    ...{ url, port, secretKey, store, sandbox },
    app: { endpoint: url, sdkAppId, administrator: administrators[0] ?? '' },
    async stop() {
      await sandbox.stop();
      await http.stop();
      await file?.close();
    },
  };
}
