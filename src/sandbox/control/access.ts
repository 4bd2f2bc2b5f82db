import { randomBytes } from 'node:crypto';
import type { HttpRequest } from '../http/httpExchange';
import { hostName } from '../../http/hostName';
import { isSame } from '../../http/isSame';
import { noVisitors, strangerIn } from '../http/visitors';

/** Header with the token of the control routes. */
const TOKEN_HEADER = 'x-sandbox-token';

/** Why a request to a control route is not answered. */
export interface ControlRefusal {
  readonly status: 401 | 403;
  readonly error: string;
}

/**
 * Who may use the control routes. A sandbox that is reached from this machine only answers its programs, and pages when they
 * look on; a page that changes something shows the token, which the sandbox's own page has. One that other
 * machines reach wants the token for everything, since a program can write any name into `Host`.
 */
export class ControlAccess {
  private made: string | undefined;

  /**
   * @param given what who knows it shows in the header; one by chance when it is left out
   * @param reach names by which other machines may ask; undefined when none can
   */
  constructor(
    private readonly given: string | undefined,
    private readonly reach: readonly string[] | undefined,
  ) {}

  /** Made when it is first asked for: most sandboxes end without. */
  get token(): string {
    return (this.made ??= this.given ?? randomBytes(16).toString('hex'));
  }

  /** Whether the token is wanted for everything. */
  get isFar(): boolean {
    return this.reach !== undefined;
  }

  /**
   * @param isPublic true for what has no secret and changes nothing
   * @returns undefined for a request that may be answered
   */
  refusal({ headers, method }: HttpRequest, isPublic: boolean): ControlRefusal | undefined {
    const { host = '', origin } = headers;
    const isOwnPage = origin !== undefined && this.reach !== undefined && isOriginOf(origin, host);
    const seen = isOwnPage ? { host } : { host: headers.host, origin };
    const allowed = this.reach === undefined ? noVisitors : { hosts: this.reach, origins: [] };
    const crossSite = headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
    if (crossSite || strangerIn(seen, allowed) !== undefined) {
      const error = this.isFar
        ? 'Only by loopback names and those of --allow-host.'
        : 'Only programs of this machine may ask.';
      return { status: 403, error };
    }
    if (isPublic || this.isShown(headers[TOKEN_HEADER])) return undefined;
    if (this.isFar)
      return { status: 401, error: 'The header X-Sandbox-Token has not the token of the start.' };
    if (origin !== undefined && method !== 'GET')
      return { status: 401, error: 'A page shows the token of /sandbox/info in the header X-Sandbox-Token.' };
    return undefined;
  }

  private isShown(given: string | string[] | undefined): boolean {
    return typeof given === 'string' && isSame(given, this.token);
  }
}

function isOriginOf(origin: string, host: string): boolean {
  return URL.canParse(origin) && hostName(new URL(origin).host) === hostName(host);
}
