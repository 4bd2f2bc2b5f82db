import { lookUpCode, type CodeDiagnosis } from './catalogue';
import type { ChatClient } from './client';
import { ChatNetworkError, ChatServiceError, type NetworkReason } from './errors';

/**
 * Why a connection does not work, as one would say it to its owner. The shell has the words. What the service's codes
 * say stands in the catalogue.
 */
export type DiagnosisId =
  | 'ok'
  | CodeDiagnosis
  /** The signature is new, and expired nevertheless: this machine's clock is wrong. */
  | 'clockOff'
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
  tooManyPages: 'notTheService',
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
    return { id: lookUpCode(code)?.diagnosis ?? 'refused', code, info };
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
