import { isRecord } from '../../json/values';
import type { CallContext } from './call';
import { Refusal, type RequestBody } from '../requestBody';
import { isInteger, isUserId, optionalInteger } from './fields';

const LONGEST_LIFE = 604_800;

/** `SyncOtherMachine`: whether the message stands in the sender's history too. 2 says no; see `syncZero` for 0. */
export function storedForSender(body: RequestBody, { settings }: CallContext): boolean {
  const least = settings.syncZero === 'accepted' ? 0 : 1;
  return optionalInteger(body, 'SyncOtherMachine', 90031, least, 2) !== 2;
}

/** `MsgLifeTime`: seconds an offline receiver can wait, at most 7 days; 0 is for online clients only. */
export function lifeTime(body: RequestBody): number {
  const value = body.get('MsgLifeTime');
  if (value === undefined) return LONGEST_LIFE;
  if (!isInteger(value)) throw new Refusal(90044, 'MsgLifeTime is not an integer');
  if (value > LONGEST_LIFE) throw new Refusal(90026, 'MsgLifeTime is above 604800');
  return value;
}

const none: ReadonlySet<string> = new Set();

/** An optional list of words; anything else that is there has the code. */
export function words(
  body: RequestBody,
  name: string,
  known: readonly string[],
  code = 90010,
): ReadonlySet<string> {
  const value = body.get(name);
  if (value === undefined) return none;
  const list = Array.isArray(value) ? (value as unknown[]) : undefined;
  if (!list?.every((word): word is string => typeof word === 'string' && known.includes(word))) {
    throw new Refusal(code, `${name} is not a list of ${known.join(', ')}`);
  }
  return new Set(list);
}

/** `CloudCustomData`, which is any string. */
export function checkCloudCustomData(body: RequestBody): void {
  const value = body.get('CloudCustomData');
  if (value !== undefined && typeof value !== 'string') {
    throw new Refusal(90010, 'CloudCustomData is not a string');
  }
}

/** A modify: at least one of `MsgBody` and `CloudCustomData`, unless the settings let it go without. */
export function checkModifiedContent(body: RequestBody, settings: CallContext['settings']): void {
  checkCloudCustomData(body);
  const empty = body.get('MsgBody') === undefined && body.get('CloudCustomData') === undefined;
  if (empty && settings.modifyNothingCode !== 0) {
    throw new Refusal(settings.modifyNothingCode, 'neither MsgBody nor CloudCustomData');
  }
}

/** `OfflinePushInfo`: an object whose known members have their types (page 269/2720); sending to a group has another code. */
export function checkPushInfo(body: RequestBody, code = 90043): void {
  const info = body.get('OfflinePushInfo');
  if (info === undefined) return;
  if (!isRecord(info)) throw new Refusal(code, 'OfflinePushInfo is not an object');
  const flag = body.within(info, 'PushFlag');
  if (flag !== undefined && !isInteger(flag, 0, 1)) throw new Refusal(code, 'PushFlag is not 0 or 1');
  for (const name of ['Title', 'Desc', 'Ext']) {
    const value = body.within(info, name);
    if (value !== undefined && typeof value !== 'string') throw new Refusal(code, `${name} is not a string`);
  }
  for (const name of ['AndroidInfo', 'ApnsInfo']) {
    const value = body.within(info, name);
    if (value !== undefined && !isRecord(value)) throw new Refusal(code, `${name} is not an object`);
  }
}

/** The sender: the administrator when none is given. */
export function senderOf(body: RequestBody, context: CallContext, code: number): string {
  const from = body.get('From_Account');
  if (from === undefined || from === '') return context.administrator;
  if (typeof from !== 'string') throw new Refusal(code, 'From_Account is not a string');
  return from;
}

/** A form that no account can have is refused before anybody looks for the account. */
export function checkForm(userId: string, name: string, code: number): void {
  if (!isUserId(userId)) throw new Refusal(code, `${name} is not a UserID`);
}

/** An account that was there and was deleted. */
export function checkNotDeleted(context: CallContext, userId: string): void {
  if (context.store.deletedAt(userId) !== undefined) throw new Refusal(90048, 'the account was deleted');
}
