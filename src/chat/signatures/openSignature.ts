import { gunzipSync, inflateRawSync, inflateSync, constants } from 'node:zlib';
import { bad, good, type Finding } from './finding';
import { percentDecoded } from './findSignature';

/** What opening a UserSig brought to light. */
export interface OpenedSignature {
  /** The JSON inside; undefined when there is no way in. */
  readonly json: string | undefined;
  readonly findings: readonly Finding[];
  /** The same bytes as the service wants them written; undefined when it was well written, or cannot be mended. */
  readonly mended: string | undefined;
}

/** Codes for a UserSig that cannot be decoded, or is not what it should be (trtc.io/document/34348). */
const MALFORMED = [70003, 70005];
const CUT = [70003, 70004];

/** A real one inflates to some 200 bytes; the bound keeps a forged one from filling the memory. */
const BOUND = { maxOutputLength: 64 * 1024 };

/** A way to read the text as base64, and what is to be said about it. */
interface Reading {
  readonly base64: string;
  readonly findings: readonly Finding[];
}

/** Opens a UserSig of any generation, through whatever it was wrapped in on its way here. */
export function openSignature(text: string): OpenedSignature {
  const readings = readingsOf(text);
  for (const { base64, findings } of readings) {
    const bytes = Buffer.from(base64, 'base64');
    const inflated = attempt(() => inflateSync(bytes, BOUND));
    if (inflated === undefined) continue;
    const mended = findings.length === 0 ? undefined : asService(bytes);
    return { json: inflated, findings: findings.length === 0 ? [good('encoding')] : findings, mended };
  }
  for (const { base64, findings } of readings) {
    const bytes = Buffer.from(base64, 'base64');
    const other = otherwiseCompressed(bytes);
    if (other) return { json: other.json, findings: [...findings, other.finding], mended: undefined };
  }
  const [first] = readings;
  const findings = first?.findings ?? [];
  const isCut = first !== undefined && endsTooSoon(Buffer.from(first.base64, 'base64'));
  const verdict = isCut ? bad(CUT, 'cut', text.length) : bad(MALFORMED, 'damaged');
  return { json: undefined, findings: [...findings, verdict], mended: undefined };
}

/** The ways in which the text can be meant, the likeliest first. */
function readingsOf(text: string): Reading[] {
  let rest = text;
  const findings: Finding[] = [];
  if (/%[0-9a-f]{2}/i.test(rest)) {
    findings.push(bad(MALFORMED, 'percentEncoded'));
    for (let times = 0; times < 3 && rest.includes('%'); times += 1) rest = percentDecoded(rest);
  }
  const whole = rest.trim().replace(/^["'`]+|["'`]+$/g, '');
  const joined = whole.replace(/\s+/g, '');
  if (whole !== rest || joined !== whole) {
    const blanks = [...findings, bad(MALFORMED, 'blanks')];
    const plus = [...findings, bad(MALFORMED, 'plusAsBlank')];
    return [
      ...inAlphabets(joined, blanks),
      ...(whole.includes(' ') ? inAlphabets(whole.replaceAll(' ', '+'), plus) : []),
    ];
  }
  return inAlphabets(joined, findings);
}

function inAlphabets(text: string, findings: readonly Finding[]): Reading[] {
  if (/[+/=]/.test(text)) {
    const named = findings.some(({ id }) => id === 'plusAsBlank');
    return [{ base64: text, findings: named ? findings : [...findings, bad(MALFORMED, 'standardBase64')] }];
  }
  const ours = { base64: text.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '='), findings };
  if (!/[-_]/.test(text)) return [ours];
  const rfc = text.replaceAll('-', '+').replaceAll('_', '/');
  return [ours, { base64: rfc, findings: [...findings, bad(MALFORMED, 'base64Url')] }];
}

function otherwiseCompressed(bytes: Buffer): { json: string; finding: Finding } | undefined {
  if (bytes[0] === 0x7b) return { json: bytes.toString('utf8'), finding: bad(MALFORMED, 'notCompressed') };
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const json = attempt(() => gunzipSync(bytes, BOUND));
    return json === undefined ? undefined : { json, finding: bad(MALFORMED, 'gzip') };
  }
  const json = attempt(() => inflateRawSync(bytes, BOUND));
  return json?.startsWith('{') ? { json, finding: bad(MALFORMED, 'rawDeflate') } : undefined;
}

/** True for the beginning of something compressed. */
function endsTooSoon(bytes: Buffer): boolean {
  if (bytes.length < 2 || bytes[0] !== 0x78) return false;
  return attempt(() => inflateSync(bytes, { ...BOUND, finishFlush: constants.Z_SYNC_FLUSH })) !== undefined;
}

function attempt(open: () => Buffer): string | undefined {
  try {
    return open().toString('utf8');
  } catch {
    return undefined;
  }
}

function asService(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_');
}
