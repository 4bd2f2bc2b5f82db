import type { KeyObject } from 'node:crypto';
import { isRecord, valueOfJson } from '../../json/values';
import { readUserSig, type DecodedUserSig } from '../userSig';
import { bad, good, note, type Finding } from './finding';
import { findSignature } from './findSignature';
import { isSignedByPair, readKeyPairSig, type KeyPairSig } from './keyPairSig';
import { openSignature } from './openSignature';
import type { Signer } from './signer';
import { readUserBuf } from './userBuf';

/** What a UserSig is held against. */
export interface ExamContext {
  /** This machine's clock, in milliseconds. */
  readonly now: number;
  /** How far the service's clock is ahead of it, in milliseconds, where an answer told. */
  readonly clockOffsetMs?: number | undefined;
  /** What the keys of this machine are tried through. */
  readonly signers: readonly Signer[];
  /** Of an app of the generation before: the public key that belongs to the one that signs. */
  readonly publicKey?: KeyObject | undefined;
  /** Whom it is used for, where that is known beside what the text itself says. */
  readonly usedFor?: { readonly sdkAppId: number; readonly identifier: string } | undefined;
}

/** Everything that can be said about a UserSig. Nothing in it is secret but `mended`. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** The codes one of which the service is to be expected to answer; empty when it should take it. */
  readonly codes: readonly number[];
  /** The UserSig itself, well written; undefined when it is so already, or cannot be mended. */
  readonly mended: string | undefined;
}

const EMPTY = [70019, 70002];
const NOT_ONE = [70005, 70010];
/** 20002 is what the service `openim` answers. */
const EXPIRED = [70001, 20002];
const DAY = 86_400;
/** Unix seconds stay below that for the next thousand years; milliseconds do not. */
const MILLISECONDS = 1e11;
/** No lifetime is so long: 20 years. */
const LONGEST = 20 * 366 * DAY;
/** Clocks of servers differ by less. */
const SKEW = 60;

/**
 * Finds the UserSig in a text and says what is right and what is wrong with it. The order of the findings that are bad is
 * that of the service's own checks as far as they can be told apart: form, app, account, key, time.
 */
export function examineUserSig(pasted: string, context: ExamContext): Examination {
  const found = findSignature(pasted);
  if (/^(…|\.\.\.|\*+$|x{3,}$|<)/i.test(found.text)) return verdict([bad([], 'leftOut')]);
  if (found.text === '') return verdict([bad(EMPTY, 'nothing')]);
  const opened = openSignature(found.text);
  const findings = [...(found.where === 'whole' ? [] : [note('foundInside')]), ...opened.findings];
  if (opened.json === undefined) return verdict(findings);
  const usedFor = {
    sdkAppId: found.sdkAppId ?? context.usedFor?.sdkAppId,
    identifier: found.identifier ?? context.usedFor?.identifier,
  };
  const current = readUserSig(opened.json);
  if (current) {
    const version = current.version === '2.0' ? good('current', '2.0') : note('version', current.version);
    findings.push(version, ...purpose(current, usedFor), ...keyOf(current, context.signers));
    findings.push(...times(current, context), ...userBufOf(current));
    return verdict(findings, opened.mended);
  }
  const pair = readKeyPairSig(opened.json);
  if (pair) {
    findings.push(note('keyPair'), ...purpose(pair, usedFor), keyOfPair(pair, context.publicKey));
    return verdict([...findings, ...times(pair, context)], opened.mended);
  }
  return verdict([...findings, ...notOne(opened.json)]);
}

/** The first bad finding with a code decides, since the service answers one. */
function verdict(findings: readonly Finding[], mended?: string): Examination {
  const codes = findings.find(({ level, codes }) => level === 'bad' && codes.length > 0)?.codes ?? [];
  return { findings, codes, mended };
}

function notOne(json: string): Finding[] {
  const fields = valueOfJson(json);
  if (!isRecord(fields)) return [bad(NOT_ONE, 'notJson')];
  const texts = ['TLS.ver', 'TLS.identifier', 'TLS.sig'].filter((name) => typeof fields[name] !== 'string');
  const numbers = ['TLS.sdkappid', 'TLS.time', 'TLS.expire'].filter(
    (name) => !/^\d{1,15}$/.test(String(fields[name])),
  );
  return [bad(NOT_ONE, 'members', [...texts, ...numbers].join(', '))];
}

interface Purpose {
  readonly sdkAppId: number;
  readonly identifier: string;
}

function purpose(
  sig: Purpose,
  usedFor: { sdkAppId: number | undefined; identifier: string | undefined },
): Finding[] {
  const findings: Finding[] = [];
  const otherApp = usedFor.sdkAppId !== undefined && usedFor.sdkAppId !== sig.sdkAppId;
  findings.push(
    otherApp ? bad([70014], 'otherApp', sig.sdkAppId, usedFor.sdkAppId ?? 0) : good('app', sig.sdkAppId),
  );
  const otherAccount = usedFor.identifier !== undefined && usedFor.identifier !== sig.identifier;
  findings.push(
    otherAccount
      ? bad([70013], 'otherAccount', sig.identifier, usedFor.identifier ?? '')
      : good('account', sig.identifier),
  );
  if (sig.identifier.trim() !== sig.identifier) findings.push(note('accountBlanks'));
  const bytes = Buffer.byteLength(sig.identifier);
  if (bytes > 32) findings.push(note('accountLong', bytes));
  return findings;
}

function keyOf(sig: DecodedUserSig, signers: readonly Signer[]): Finding[] {
  const holders = signers.filter(({ hasKey }) => hasKey);
  const own = holders.filter(({ app }) => app.sdkAppId === sig.sdkAppId);
  const matches = [...own, ...holders].map((signer) => ({ signer, match: signer.made(sig) }));
  const exact = matches.find(({ match }) => match === 'exact');
  if (exact) {
    const { name, app } = exact.signer;
    if (app.sdkAppId === sig.sdkAppId) return [good('key', name)];
    return [bad([70009], 'keyOfOtherApp', name, app.sdkAppId, sig.sdkAppId)];
  }
  const slip = matches.find(({ match }) => match !== undefined);
  if (slip?.match) return [bad([70009], 'keySlip', slip.signer.name, slip.match)];
  if (own.length > 0) return [bad([70009], 'otherKey', own.map(({ name }) => name).join(', '))];
  return [note('keyUnknown', holders.length)];
}

function keyOfPair(pair: KeyPairSig, publicKey: KeyObject | undefined): Finding {
  if (!publicKey) return note('keyPairUnknown');
  return isSignedByPair(pair, publicKey) ? good('keyPairSigned') : bad([70009], 'keyPairOther');
}

function times(
  { time, expire }: { readonly time: number; readonly expire: number },
  { now, clockOffsetMs = 0 }: ExamContext,
): Finding[] {
  if (time > MILLISECONDS) return [bad(EXPIRED, 'milliseconds')];
  const end = time + expire;
  const verdictAt = (seconds: number): 'expired' | 'notYet' | 'valid' =>
    seconds > end ? 'expired' : seconds < time - SKEW ? 'notYet' : 'valid';
  const here = verdictAt(Math.floor(now / 1000));
  const there = verdictAt(Math.floor((now + clockOffsetMs) / 1000));
  const findings: Finding[] = [there === 'valid' ? good('valid', time, end) : bad(EXPIRED, there, time, end)];
  if (here !== there) findings.push(note('serviceClock', Math.round(clockOffsetMs / 1000)));
  if (expire > LONGEST) findings.push(note('expireIsMoment', expire));
  if (expire > 0 && expire < DAY) findings.push(note('shortLived', expire));
  return findings;
}

function userBufOf(sig: DecodedUserSig): Finding[] {
  if (sig.userBuf === undefined) return [];
  const buf = readUserBuf(sig.userBuf);
  if (!buf) return [bad([], 'userBufBroken')];
  const findings: Finding[] = [note('userBuf', buf.room, buf.privileges, buf.expiresAt)];
  if (buf.account !== sig.identifier) findings.push(bad([], 'userBufAccount', buf.account, sig.identifier));
  if (buf.sdkAppId !== sig.sdkAppId) findings.push(bad([], 'userBufApp', buf.sdkAppId, sig.sdkAppId));
  const end = sig.time + sig.expire;
  // The official signer takes its clock twice, so that a second may lie between.
  if (Math.abs(buf.expiresAt - end) > 1) findings.push(note('userBufExpiry', buf.expiresAt, end));
  return findings;
}
