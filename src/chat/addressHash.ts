import { createHash } from 'node:crypto';
import { refKey, type MessageRef } from './address';

/** A short name for a file that belongs to a message: 64 hexadecimal digits. Written to disk, so it never changes. */
export function refHash(ref: MessageRef): string {
  return createHash('sha256').update(refKey(ref), 'utf8').digest('hex');
}
