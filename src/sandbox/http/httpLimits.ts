/** What one client may cost. Everything above it is answered or cut off before it is kept. */
export interface HttpLimits {
  /** Headers of one request. */
  readonly headers: number;
  /** Bytes of request line and headers together. */
  readonly headerBytes: number;
  /** Bytes of one body. The service's own bound is far below; a seed can be long. */
  readonly bodyBytes: number;
  /** Bytes of all bodies that are being read at one time. */
  readonly bodyBytesTogether: number;
  /** Open connections. */
  readonly connections: number;
  /** Calls of one connection that wait for their answers. */
  readonly waiting: number;
  /** From the connection, or the first byte of a further request, to the end of the headers. */
  readonly headersMs: number;
  /** From there to the end of the body. */
  readonly requestMs: number;
  /** Between two requests of a connection. */
  readonly keepAliveMs: number;
  /** For how long a client may take nothing of its answer. */
  readonly patienceMs: number;
  /** How often late requests are looked for. */
  readonly lookMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  headers: 100,
  headerBytes: 16 * 1024,
  bodyBytes: 8 * 1024 * 1024,
  bodyBytesTogether: 64 * 1024 * 1024,
  connections: 1000,
  waiting: 100,
  headersMs: 20_000,
  requestMs: 30_000,
  keepAliveMs: 75_000,
  patienceMs: 30_000,
  lookMs: 5_000,
};
