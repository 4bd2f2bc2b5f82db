import { Pace } from '../../src/bulk/pace';

/** What a child process gets as its argument, as JSON. */
export interface PaceTask {
  readonly folder: string;
}

/** A process of its own that lets 200 calls leave and prints when: milliseconds of the clock that all processes share. */
async function main({ folder }: PaceTask): Promise<void> {
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

void main(JSON.parse(process.argv[2] ?? '') as PaceTask);
