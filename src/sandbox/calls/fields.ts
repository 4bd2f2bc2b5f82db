import type { CallContext } from './call';
import { Refusal, type RequestBody } from '../requestBody';

const MAX_UINT32 = 4_294_967_295;
const USER_ID = /^[\x20-\x7e]{1,32}$/;

/** True for a UserID: printable ASCII, at most 32 bytes (page 269/1608). */
export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

export function isInteger(value: unknown, min = 0, max = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

/** A required account that must be a non-empty string. */
export function requiredAccount(value: unknown, name: string, code: number): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(code, value === undefined ? `${name} is missing` : `${name} is not a string`);
}

/** An optional integer; anything else that is there has the code. */
export function optionalInteger(
  body: RequestBody,
  name: string,
  code: number,
  min = 0,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = body.get(name);
  if (value === undefined) return undefined;
  if (isInteger(value, min, max)) return value;
  throw new Refusal(code, `${name} is not an integer of ${min} to ${max}`);
}

/** A required integer. */
export function requiredInteger(
  body: RequestBody,
  name: string,
  code: number,
  min = 0,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const value = optionalInteger(body, name, code, min, max);
  if (value === undefined) throw new Refusal(code, `${name} is missing`);
  return value;
}

/** An optional unsigned 32-bit number. */
export function optionalUint32(body: RequestBody, name: string, code: number): number | undefined {
  return optionalInteger(body, name, code, 0, MAX_UINT32);
}

/** A required unsigned 32-bit number. */
export function requiredUint32(body: RequestBody, name: string, code: number): number {
  return requiredInteger(body, name, code, 0, MAX_UINT32);
}

/** A required list, of 1 to so many items. */
export function requiredList(
  body: RequestBody,
  name: string,
  most: number,
  code: number,
  tooMany = code,
): unknown[] {
  const value = body.get(name);
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(code, `${name} is not a list`);
  if (value.length > most) throw new Refusal(tooMany, `${name} has more than ${most} items`);
  return value as unknown[];
}

/** True when the account was imported, or is an administrator of the console. */
export function accountExists(context: CallContext, userId: string): boolean {
  return context.store.account(userId) !== undefined || context.isAdministrator(userId);
}

/** Refuses with the code when there is no such account. */
export function checkAccount(context: CallContext, userId: string, name: string, code: number): void {
  if (!accountExists(context, userId)) throw new Refusal(code, `invalid ${name}`);
}
