import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaults } from './options';
import { startSandbox } from './server';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(defaults.port) },
      sdkappid: { type: 'string', default: String(defaults.sdkAppId) },
      'secret-key': { type: 'string', default: defaults.secretKey },
      admin: { type: 'string', default: defaults.administrator },
      seed: { type: 'string' },
    },
  });
  const running = await startSandbox({
    port: Number(values.port),
    sdkAppId: Number(values.sdkappid),
    secretKey: values['secret-key'],
    administrators: [values.admin],
    ...(values.seed !== undefined && { seed: readFileSync(values.seed, 'utf8') }),
  });
  console.log(`Sandbox listening on ${running.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
