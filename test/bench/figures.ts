/** The middle of a list of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Prints a line with a tick or a cross; one that is not ok makes the run fail. */
export function judge(ok: boolean, line: string): void {
  console.log(`${ok ? '✔' : '✘'} ${line}`);
  if (!ok) process.exitCode = 1;
}

/** Prints a figure with its budget; one over its budget makes the run fail. */
export function report(name: string, figure: number, unit: string, budget: number): void {
  judge(figure <= budget, `${name}: ${Number(figure.toFixed(2))} ${unit}, budget ${budget} ${unit}`);
}

/** Prints a figure that explains another one; it has no budget of its own. */
export function note(name: string, figure: number, unit: string): void {
  console.log(`  ${name}: ${Number(figure.toFixed(2))} ${unit}`);
}
