/** As long as a machine may take that is busy with other things. */
export const PATIENCE_MS = 120_000;

/** Waits until `check` gives something. */
export async function eventually<T>(
  check: () => T | undefined | false | PromiseLike<T | undefined | false>,
  what = 'a condition',
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Whether what is waited for came to pass. */
export function happens(wait: Promise<unknown>): Promise<boolean> {
  return wait.then(
    () => true,
    () => false,
  );
}
