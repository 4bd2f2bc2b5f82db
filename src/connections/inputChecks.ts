import * as vscode from 'vscode';
import { checkEndpoint, type EndpointProblem } from '../chat/regions';
import { decodeUserSig } from '../chat/userSig';
import { fullTime } from '../ui/times';
import type { ConnectionDetails } from './connection';

/** Bytes of a UserID at most, from the account pages (trtc.io/34953). */
const USER_ID_BYTES = 32;

/** A complaint about an endpoint, or undefined. */
export function checkEndpointText(text: string): string | undefined {
  const checked = checkEndpoint(text);
  return 'problem' in checked ? endpointComplaint(checked.problem) : undefined;
}

/** A complaint about an SDKAppID, or undefined. */
export function checkSdkAppId(text: string): string | undefined {
  return /^[1-9]\d{0,9}$/.test(text.trim()) && Number(text) <= 0xffff_ffff
    ? undefined
    : vscode.l10n.t('The SDKAppID is a number such as 1400000000; it stands in the console.');
}

/** A complaint about a UserID, or undefined. Spaces count: they are part of it. */
export function checkUserId(text: string): string | undefined {
  if (text === '') return vscode.l10n.t('A UserID is needed.');
  if (!/^[\x20-\x7e]*$/.test(text)) return vscode.l10n.t('A UserID has printable ASCII characters only.');
  if (text.length > USER_ID_BYTES)
    return vscode.l10n.t('A UserID has at most {0} characters.', USER_ID_BYTES);
  return undefined;
}

/**
 * A complaint about a secret key, or undefined. No page says how long one is, so only what surely is another thing is
 * refused: white space, the app's number, a UserSig.
 */
export function checkSecretKey(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return vscode.l10n.t('A secret key is needed.');
  if (/\s/.test(key)) return vscode.l10n.t('A secret key is one word; this is a longer text.');
  if (/^\d{1,10}$/.test(key)) return vscode.l10n.t('This is a number such as an SDKAppID, and no key.');
  if (decodeUserSig(key)) return vscode.l10n.t('This is a UserSig and no key. Edit Connection takes one.');
  return USER_SIG_BEGINS.test(key) ? brokenUserSig() : undefined;
}

/** How base64 of the bytes 78 9C begins: those that zlib, and so every UserSig, begins with. */
const USER_SIG_BEGINS = /^eJ[w-z]/;

function brokenUserSig(): string {
  return vscode.l10n.t('This is not a whole UserSig.');
}

/**
 * A complaint about what is a secret key or a UserSig, or undefined.
 *
 * @param app the administrator is undefined where the one that a UserSig names will be taken
 */
export function checkSecret(
  text: string,
  { sdkAppId, administrator }: { sdkAppId: number; administrator: string | undefined },
  now: number,
): string | undefined {
  const userSig = decodeUserSig(text.trim());
  if (userSig === undefined) return checkSecretKey(text);
  return checkUserSig(text, { sdkAppId, administrator: administrator ?? userSig.identifier }, now);
}

/** A complaint about a ready-made UserSig that can be told without asking the service, or undefined. */
export function checkUserSig(
  text: string,
  app: Pick<ConnectionDetails, 'sdkAppId' | 'administrator'>,
  now: number,
): string | undefined {
  const decoded = decodeUserSig(text.trim());
  if (decoded === undefined) return brokenUserSig();
  if (decoded.sdkAppId !== app.sdkAppId)
    return vscode.l10n.t('This UserSig is for SDKAppID {0}.', decoded.sdkAppId);
  if (decoded.identifier !== app.administrator)
    return vscode.l10n.t('This UserSig is for {0}.', decoded.identifier);
  const end = decoded.time + decoded.expire;
  if (end * 1000 < now) return vscode.l10n.t('This UserSig expired at {0}.', fullTime(end));
  return undefined;
}

function endpointComplaint(problem: EndpointProblem): string {
  switch (problem) {
    case 'empty':
    case 'notUrl':
      return vscode.l10n.t('An endpoint looks like https://console.tim.qq.com.');
    case 'notHttps':
      return vscode.l10n.t('The endpoint must use https; plain http is for this machine only.');
    case 'credentials':
      return vscode.l10n.t('An endpoint has no user name and no password in it.');
    case 'path':
      return vscode.l10n.t('An endpoint has no path.');
  }
}
