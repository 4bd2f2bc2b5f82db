import { Pace } from '../../src/bulk/pace';

/** A process of its own that lets 200 calls leave and prints when: milliseconds of the clock that all processes share. */
async function main(folder: string): Promise<void> {
  const gate = new Pace(folder).gate({
    endpoint: 'https://x.example',
    sdkAppId: 1,
    command: 'openim/modify_c2c_msg',
    perSecond: 200,
    share: 1,
  });
  const times = await Promise.all(
    Array.from({ length: 200 }, async () => {
      await gate.pass();
      return Number(process.hrtime.bigint()) / 1e6;
    }),
  );
  console.log(JSON.stringify(times));
}

void main(process.argv[2]!);
