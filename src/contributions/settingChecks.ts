/** A setting of ours: what counts while nothing, or nothing of use, is set, and what may be set. */
export interface Setting<T> {
  readonly id: string;
  readonly fallback: T;
  readonly accepts: (value: unknown) => value is T;
}

function wholeNumber(id: string, fallback: number, least: number, most: number): Setting<number> {
  return {
    id,
    fallback,
    accepts: (value): value is number =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most,
  };
}

function oneOf<const T extends string>(id: string, fallback: NoInfer<T>, choices: readonly T[]): Setting<T> {
  return { id, fallback, accepts: (value): value is T => choices.some((choice) => choice === value) };
}

/** Off unless it is set. */
function flag(id: string): Setting<boolean> {
  return { id, fallback: false, accepts: (value): value is boolean => typeof value === 'boolean' };
}

function text(id: string): Setting<string> {
  return { id, fallback: '', accepts: (value): value is string => typeof value === 'string' };
}

function texts(id: string): Setting<readonly string[]> {
  return {
    id,
    fallback: [],
    accepts: (value): value is readonly string[] =>
      Array.isArray(value) && value.every((one) => typeof one === 'string'),
  };
}

/** Every setting, as the manifest declares it. */
export const settings = {
  confirmInTest: oneOf('tencentChat.modify.confirmInTest', 'oncePerWindow', ['oncePerWindow', 'always']),
  /** More messages than that no plan overwrites in production. */
  plansMaxInProduction: wholeNumber('tencentChat.plans.maxInProduction', 500, 1, 1_000_000),
  /** How much of the pace of plans one may have in production, in per cent. */
  plansShareInProduction: wholeNumber('tencentChat.plans.shareInProduction', 25, 12, 100),
  /** Seconds between two looks for new messages of a conversation that is followed. */
  conversationFollowSeconds: wholeNumber('tencentChat.conversation.followSeconds', 3, 1, 3_600),
  sandboxEndpoint: text('tencentChat.sandbox.endpoint'),
  sandboxPort: wholeNumber('tencentChat.sandbox.port', 18080, 0, 65_535),
  /** 0 takes the port of the last time, else a free one. */
  webhooksPort: wholeNumber('tencentChat.webhooks.port', 0, 0, 65_535),
  /** Names by which a tunnel reaches the inbox. */
  webhooksHosts: texts('tencentChat.webhooks.hosts'),
  /** Whether language models may call our tools. */
  languageModelsEnabled: flag('tencentChat.languageModels.enabled'),
  /** Whether these read messages of connections to production. */
  languageModelsReadProduction: flag('tencentChat.languageModels.readProduction'),
  /** A century is as good as for ever, and what is computed from it stays a number. */
  journalKeepDays: wholeNumber('tencentChat.journal.keepDays', 365, 1, 36_500),
  journalMaxSizeMB: wholeNumber('tencentChat.journal.maxSizeMB', 200, 1, 1_000_000),
} as const;

/**
 * What a setting counts as. A value that cannot be meant (text for a number, NaN, null, a number out of range) counts as
 * the default: read as it stands, it would compare as false and remove what it was to keep.
 */
export function checkedSetting<T>(setting: Setting<T>, value: unknown): { value: T; wrong: boolean } {
  if (value === undefined) return { value: setting.fallback, wrong: false };
  return setting.accepts(value) ? { value, wrong: false } : { value: setting.fallback, wrong: true };
}
