import { storageKeys } from '../contributions/ids';
import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';

/**
 * The key of our own sandbox: made at random once and kept, so that nobody who knows the key that a sandbox has by
 * default can call ours. A machine without a keyring gets another one in each session.
 *
 * @param onFailure told when the machine's store fails; the sandbox starts nevertheless
 */
export function keptSandboxKey(
  store: Pick<vscode.SecretStorage, 'get' | 'store'>,
  onFailure: (error: unknown) => void,
): () => Promise<string> {
  let key: Promise<string> | undefined;
  return () => (key ??= readOrMake(store, onFailure));
}

async function readOrMake(
  store: Pick<vscode.SecretStorage, 'get' | 'store'>,
  onFailure: (error: unknown) => void,
): Promise<string> {
  try {
    const kept = await store.get(storageKeys.sandboxKey);
    if (kept !== undefined && kept !== '') return kept;
  } catch (error) {
    onFailure(error);
  }
  const made = randomBytes(32).toString('hex');
  try {
    await store.store(storageKeys.sandboxKey, made);
  } catch (error) {
    onFailure(error);
  }
  return made;
}
