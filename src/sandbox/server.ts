import type { ChatApp } from '../chat/chatMessage';
import { ControlAccess } from './control/access';
import { ControlRoutes } from './control/routes';
import { hostOfAddress, isLoopbackAddress } from './http/addresses';
import { HttpServer } from './http/httpServer';
import type { SandboxOptions } from './options';
import { Sandbox } from './sandbox';
import { sampleData } from './seed/sample';
import { readSeed } from './seed/seedFormat';
import { DataFile } from './store/dataFile';
import type { Store } from './store/store';
import type { Change } from './store/storedMessage';

const LOOPBACK = '127.0.0.1';

/** A sandbox that listens. */
export interface RunningSandbox {
  /** `http://127.0.0.1:PORT`, or with the address it listens at, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** What a client needs to talk to it, with {@link RunningSandbox.secretKey}. */
  readonly app: ChatApp;
  readonly secretKey: string;
  /** What opens the control routes to pages, and to other machines. */
  readonly token: string;
  /** The data, for tests that look behind the calls. */
  readonly store: Store;
  readonly sandbox: Sandbox;
  /** Stops listening, breaks every connection and writes what is left to write. */
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for the service, on loopback unless another address is given.
 *
 * @throws {Error} when the port is taken, the seed is wrong or the data file cannot be used
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  let file: DataFile | undefined;
  const sandbox = new Sandbox(options, () => file?.saved());
  let given = options.seed === undefined ? undefined : [options.seed].flat().flatMap(readSeed);
  /** The sample is made when it is first wanted: by the first call, or never where a data file is there. */
  const seed = (): readonly Change[] => (given ??= sampleData());
  if (options.dataFile === undefined) {
    if (given) sandbox.load(given);
    else sandbox.loadLater(seed);
  } else {
    const opened = await DataFile.open(options.dataFile, sandbox.store, sandbox.seconds);
    file = opened.file;
    if (!opened.found) {
      sandbox.load(seed());
      await file.fold();
    }
  }
  const address = options.listen ?? LOOPBACK;
  const reach = isLoopbackAddress(address) ? undefined : (options.allow?.hosts ?? []);
  const keep = async (): Promise<void> => file?.fold();
  const access = new ControlAccess(options.token, reach);
  const control = new ControlRoutes(sandbox, access, {
    replaceData: (text) => {
      sandbox.load(readSeed(text));
      return keep();
    },
    addData: async (text) => {
      sandbox.add(readSeed(text));
      await file?.saved();
    },
    reset: () => {
      sandbox.reset();
      sandbox.load(seed());
      return keep();
    },
    keep,
  });
  const http = new HttpServer(
    (request, reply) =>
      control.owns(request) ? control.handle(request, reply) : sandbox.handle(request, reply),
    options.httpLimits,
  );
  const port = await http.listen(options.port ?? 0, address).catch(async (error: unknown) => {
    await file?.close();
    throw error;
  });
  const url = `http://${hostOfAddress(address)}:${port}`;
  const { sdkAppId, administrators, secretKey } = sandbox;
  return {
    ...{ url, port, secretKey, sandbox },
    get token() {
      return access.token;
    },
    get store() {
      return sandbox.store;
    },
    app: { endpoint: url, sdkAppId, administrator: administrators[0] ?? '' },
    async stop() {
      await sandbox.stop();
      await http.stop();
      await file?.close();
    },
  };
}
