/** Where the app's webhooks go. */
export interface WebhookTarget {
  /** http or https; a query of its own is kept. */
  readonly url: string;
  /** With it, requests are signed. */
  readonly token?: string;
  /** `CallbackCommand`s that are switched on; all when absent. */
  readonly commands?: readonly string[];
}

/**
 * Reads where webhooks go from JSON: `{"url": "http://…", "token": "…", "commands": ["C2C.…"]}`.
 *
 * @throws {Error} that names what is wrong
 */
export function readWebhookTarget(value: Record<string, unknown>): WebhookTarget {
  const { url, token, commands } = value;
  if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw new Error('url is not an http or https address.');
  }
  if (token !== undefined && typeof token !== 'string') throw new Error('token is not a text.');
  const list = Array.isArray(commands) ? (commands as unknown[]) : undefined;
  if (commands !== undefined && !list?.every((name) => typeof name === 'string')) {
    throw new Error('commands is not a list of texts.');
  }
  return {
    url,
    ...(token !== undefined && { token }),
    ...(list && { commands: list.filter((name) => typeof name === 'string') }),
  };
}
