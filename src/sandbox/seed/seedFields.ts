import { member } from '../../json/values';
import { isUserId } from '../calls/fields';

/** A member that must be a UserID. */
export function userIdOf(item: Record<string, unknown>, name: string, where: string): string {
  const value = optionalText(item, name, where);
  if (value === undefined || !isUserId(value)) throw new Error(`${where}.${name} is not a UserID.`);
  return value;
}

/** A member that is a text when it is there. */
export function optionalText(item: Record<string, unknown>, name: string, where: string): string | undefined {
  const value = member(item, name);
  if (value !== undefined && typeof value !== 'string') throw new Error(`${where}.${name} is not a text.`);
  return value;
}

/** A member that is an integer of 32 bits when it is there; times may be negative. */
export function optionalNumber(
  item: Record<string, unknown>,
  name: string,
  where: string,
): number | undefined {
  const value = member(item, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || Math.abs(value) > 4_294_967_295) {
    throw new Error(`${where}.${name} is not an integer of 32 bits.`);
  }
  return value;
}

/** A member that must be an integer of 32 bits. */
export function numberOf(item: Record<string, unknown>, name: string, where: string): number {
  const value = optionalNumber(item, name, where);
  if (value === undefined) throw new Error(`${where}.${name} is missing.`);
  return value;
}
