import assert from 'node:assert/strict';
import { keptSandboxKey } from '../../../src/localSandbox/sandboxKey';
import { defaults } from '../../../src/sandbox/options';

/** A machine's secret storage, in memory. */
class Machine {
  readonly kept = new Map<string, string>();
  broken = false;

  get(name: string): Promise<string | undefined> {
    return this.broken ? Promise.reject(new Error('locked')) : Promise.resolve(this.kept.get(name));
  }

  store(name: string, value: string): Promise<void> {
    if (this.broken) return Promise.reject(new Error('locked'));
    this.kept.set(name, value);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.kept.delete(name);
    return Promise.resolve();
  }
}

describe("the sandbox's key", () => {
  const never = (error: unknown): void => assert.fail(String(error));

  it('is made at random, kept, and the same in every window and after every start', async () => {
    const machine = new Machine();
    const first = await keptSandboxKey(machine, never)();
    assert.match(first, /^[0-9a-f]{64}$/);
    assert.notEqual(first, defaults.secretKey);
    assert.equal(await keptSandboxKey(machine, never)(), first);
    assert.notEqual(await keptSandboxKey(new Machine(), never)(), first);
  });

  it('lasts for the session on a machine that keeps no secrets', async () => {
    const machine = new Machine();
    machine.broken = true;
    const failures: unknown[] = [];
    const key = keptSandboxKey(machine, (error) => failures.push(error));
    const made = await key();
    assert.match(made, /^[0-9a-f]{64}$/);
    assert.equal(await key(), made);
    assert.equal(failures.length, 2);
  });
});
