import { checkMessage } from '../../src/message/checks';

/**
 * Checking messages: a long one within a key stroke, and many short ones within a second. Processor time counts, so
 * that a busy machine does not.
 */
const LONG_BUDGET_MS = 50;
const SMALL_BUDGET = 20_000;
const ROUNDS = 40;

const small =
  '{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello world"}}],"CloudCustomData":"{\\"i\\":1}"}';

function long(): string {
  const elements = Array.from({ length: 120 }, (_, i) => ({
    MsgType: 'TIMFaceElem',
    MsgContent: { Index: i, Data: 'x' },
  }));
  const text = JSON.stringify({ MsgBody: elements }, null, 2);
  return JSON.stringify(
    { MsgBody: elements, CloudCustomData: 'y'.repeat(Math.max(0, 12_000 - text.length)) },
    null,
    2,
  );
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

function main(): void {
  const text = long();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = processorMs();
    checkMessage(text);
    times.push(processorMs() - start);
  }
  const start = processorMs();
  let count = 0;
  while (processorMs() - start < 1000) for (let i = 0; i < 100; i++, count++) checkMessage(small);
  const rate = count / ((processorMs() - start) / 1000);
  const longMs = median(times);
  console.log(
    `check of a message of ${text.length} characters: ${longMs.toFixed(2)} ms (budget ${LONG_BUDGET_MS} ms)`,
  );
  console.log(`small messages checked: ${Math.round(rate)} a second (budget ${SMALL_BUDGET})`);
  if (longMs > LONG_BUDGET_MS || rate < SMALL_BUDGET) process.exitCode = 1;
}

main();
