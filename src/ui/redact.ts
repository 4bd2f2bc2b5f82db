/** What stands in the log where a secret was. */
const REDACTED = '…';

const patterns: readonly [RegExp, string][] = [
  // A query string: usersig=…& in any spelling.
  [/(usersig=)[^&\s"'\\]+/gi, `$1${REDACTED}`],
  // JSON and object dumps: "UserSig": "…", secretKey: '…', "SecretKey":"…".
  [/((?:user_?sig|secret_?key)["']?\s*[:=]\s*["'])[^"']+/gi, `$1${REDACTED}`],
  [/(--secret-key[ =])\S+/gi, `$1${REDACTED}`],
];

/**
 * Takes secrets out of a text for the log: what is named like one, and every value of `secrets` wherever it stands.
 * Values under eight characters are left alone, since they would blank out ordinary words.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let result = text;
  for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
  for (const secret of secrets) {
    if (secret.length < 8) continue;
    result = result.replaceAll(secret, REDACTED).replaceAll(encodeURIComponent(secret), REDACTED);
  }
  return result;
}
