import type { ChatClient } from './client';
import { ChatNetworkError, ChatServiceError, type NetworkReason } from './errors';

/** Why a connection does not work, as one would say it to its owner. The shell has the words. */
export type DiagnosisId =
  | 'ok'
  /** The app lives in another data centre (60026). */
  | 'wrongRegion'
  /** The key is another app's, or mistyped (70009). */
  | 'wrongKey'
  /** A ready-made UserSig that is none: empty, cut off, badly encoded (70002, 70003, 70005). */
  | 'brokenUserSig'
  /** A ready-made UserSig for another administrator (70013). */
  | 'userSigOfOtherUser'
  /** A ready-made UserSig for another app (70014). */
  | 'userSigOfOtherApp'
  | 'expiredUserSig'
  /** The signature is new, and expired nevertheless: this machine's clock is wrong. */
  | 'clockOff'
  | 'notAdministrator'
  | 'appNotFound'
  /** Disabled, deactivated, expired or in arrears. */
  | 'appNotAvailable'
  /** The app may not be called from this address (60021). */
  | 'addressNotAllowed'
  | 'quotaUsed'
  /** Too many calls or too many wrong signatures; waiting helps. */
  | 'tooFrequent'
  /** The host's name has no address, or no way leads there. */
  | 'noNetwork'
  /** The host refuses connections at this port: nothing runs there. */
  | 'nothingListens'
  | 'timeout'
  | 'certificate'
  | 'insecure'
  /** Something answers at the endpoint, but it is not the service. */
  | 'notTheService'
  /** Any other code of the service; see the catalogue. */
  | 'refused';

export interface ConnectionDiagnosis {
  readonly id: DiagnosisId;
  /** The service's code, if it answered with one. */
  readonly code?: number;
  /** `ErrorInfo`. */
  readonly info?: string;
  readonly reason?: NetworkReason;
  readonly status?: number;
  /** How far the service's clock is ahead of this machine's, in seconds; absent when no answer told. */
  readonly clockOffset?: number;
  /** `ok` only: false when the administrator's own account is unknown to the service. */
  readonly administratorImported?: boolean;
}

/** Clocks that differ by less work; a UserSig lives for hours. */
const CLOCK_TOLERANCE = 5 * 60;

const byCode = new Map<number, DiagnosisId>([
  [60026, 'wrongRegion'],
  [70009, 'wrongKey'],
  [60004, 'wrongKey'],
  [60005, 'wrongKey'],
  [70002, 'brokenUserSig'],
  [70003, 'brokenUserSig'],
  [70005, 'brokenUserSig'],
  [70013, 'userSigOfOtherUser'],
  [70014, 'userSigOfOtherApp'],
  [70001, 'expiredUserSig'],
  [20002, 'expiredUserSig'],
  [60010, 'notAdministrator'],
  [90009, 'notAdministrator'],
  [70403, 'notAdministrator'],
  [60006, 'appNotFound'],
  [60012, 'appNotFound'],
  [70016, 'appNotFound'],
  [70020, 'appNotFound'],
  [60016, 'appNotAvailable'],
  [60017, 'appNotAvailable'],
  [60020, 'appNotAvailable'],
  [60027, 'appNotAvailable'],
  [80005, 'appNotAvailable'],
  [60021, 'addressNotAllowed'],
  [60028, 'quotaUsed'],
  [60007, 'tooFrequent'],
  [60011, 'tooFrequent'],
  [60018, 'tooFrequent'],
  [60019, 'tooFrequent'],
  [70050, 'tooFrequent'],
]);

const byReason: Readonly<Record<Exclude<NetworkReason, 'aborted'>, DiagnosisId>> = {
  timeout: 'timeout',
  unreachable: 'noNetwork',
  unknownHost: 'noNetwork',
  certificate: 'certificate',
  dropped: 'noNetwork',
  httpStatus: 'notTheService',
  notJson: 'notTheService',
  malformed: 'notTheService',
  noProgress: 'notTheService',
  insecure: 'insecure',
};

/**
 * Makes one harmless call (`account_check` of the administrator) and says what its outcome means for the connection.
 *
 * @throws ChatNetworkError `aborted` only
 */
export async function diagnoseConnection(
  client: ChatClient,
  signal?: AbortSignal,
): Promise<ConnectionDiagnosis> {
  let found: ConnectionDiagnosis;
  try {
    const [account] = await client.accountCheck([client.app.administrator], signal);
    found = { id: 'ok', administratorImported: account?.imported ?? false };
  } catch (error) {
    found = causeOf(error);
  }
  const { clockOffsetMs } = client;
  if (clockOffsetMs === undefined) return found;
  const clockOffset = Math.round(clockOffsetMs / 1000);
  const clockOff = Math.abs(clockOffset) > CLOCK_TOLERANCE;
  return {
    ...found,
    clockOffset,
    ...(clockOff && found.id === 'expiredUserSig' && { id: 'clockOff' as const }),
  };
}

function causeOf(error: unknown): ConnectionDiagnosis {
  if (ChatServiceError.is(error)) {
    const { code, info } = error;
    return { id: byCode.get(code) ?? 'refused', code, info };
  }
  if (!ChatNetworkError.is(error) || error.reason === 'aborted') throw error;
  const { reason, status } = error;
  const refused = reason === 'unreachable' && error.detail === 'ECONNREFUSED';
  return {
    id: refused ? 'nothingListens' : byReason[reason],
    reason,
    ...(status !== undefined && { status }),
  };
}
