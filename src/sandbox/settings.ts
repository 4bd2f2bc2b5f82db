/**
 * Switches of the sandbox. Where the service's documentation is silent or contradicts itself there is one, and its
 * comment says what is not known. All can be set at start (`--set name=value`) and at run time (`/sandbox/settings`).
 */
export interface SandboxSettings {
  /** Edition of the app: `trial` has 100 accounts (70398) and 1,000 `sendmsg` a day (60028). */
  readonly edition: 'trial' | 'standard';
  /** Requests the app may make in 24 hours before 60028; 0 is no limit. The trial edition's number is not documented. */
  readonly dailyRequests: number;
  /** Whether calls a second are limited (60007, 90057). */
  readonly limits: boolean;
  /** Days for which history is kept; 0 keeps it for ever. Documented: 7 in trial and standard, 30 and 90 above. */
  readonly roamingDays: number;
  /** Longest message in bytes. Documented as 12 KB now and 8,000 bytes until 2022. */
  readonly messageBytes: number;
  /** Code for a MsgBody without elements, 0 for success. Not documented. */
  readonly emptyBodyCode: number;
  /** Whether numbers of elements outside the documented values and ranges are refused (90010). Not documented. */
  readonly strictValues: boolean;
  /** Size at which a page of history is cut. Documented as about 13 KB; the exact number is not. */
  readonly pageBytes: number;

  /** Whose code a caller gets that is no administrator: the service's own (90009, 70403, …) or the gateway's 60010. */
  readonly adminCode: 'service' | 'gateway';
  /** Code for a body that is no JSON: `service` is 90001 under `openim` and 60003 elsewhere, `gateway` always 60003. Which check comes first is not documented. */
  readonly jsonCode: 'service' | 'gateway';
  /** Code for an expired UserSig under `openim`: 70001 as everywhere, or 20002, which its pages list too. */
  readonly expiredSigCode: 70001 | 20002;
  /** Seconds a UserSig may be made ahead of this clock before it counts as not valid (70001). The lower bound is inferred. */
  readonly sigClockSkew: number;
  /** Failed UserSig checks of one identifier in a minute before 70050; 0 never. The real number is not documented. */
  readonly sigFailureLimit: number;
  /**
   * What `random` in the query must be, else 60025: anything or nothing (`ignored`), a whole `number`, or an unsigned
   * 32-bit one (`uint32`). Documented as unsigned 32-bit; the page of 60025 does not name it, and many clients in use
   * send longer numbers or none.
   */
  readonly random: 'number' | 'uint32' | 'ignored';
  /** Data centre of the app, an id of `chat/regions`. With it a service's domain in the Host header of another data centre gives 60026. */
  readonly region: string;

  /** What `null` of an optional member means: that it is `absent`, or an error of its type. Not documented. */
  readonly nulls: 'absent' | 'refused';
  /** Whether `SyncOtherMachine` 0 is the same as none. 1 and 2 are documented; 0 is what clients send that always write the field. */
  readonly syncZero: 'accepted' | 'refused';
  /** Whether media must have the `UUID` that the documentation marks as required (90010). Clients send messages without. */
  readonly mediaUuid: 'optional' | 'required';
  /** Whether `TIMRelayElem` can be sent (90002): the pages of today list it, those until 2025 do not. */
  readonly relayElem: 'accepted' | 'refused';

  /** Code for a batch of accounts above 100: 70402, or 70206 of the older table. */
  readonly batchSizeCode: 70402 | 70206;
  /** Whether accounts can be deleted (71000). Old documentation: trial edition only; newer: the console decides. */
  readonly accountDelete: 'allowed' | 'refused';
  /** Values of `SyncFromOldSystem` that are accepted: `current` is 2 and 5, `all` adds the old 1. */
  readonly importModes: 'all' | 'current';

  /** Time of a sent message: the server's, or `MsgTimeStamp` of the request when given. Not documented. */
  readonly sendTime: 'server' | 'request';
  /** Scope of the duplicate check of 120 s. Documented as sender, MsgSeq, MsgRandom and content; whether the receiver counts too is not clear. */
  readonly duplicates: 'conversation' | 'sender';
  /** Whether answers of sends carry `MsgId`, as newer ones do. */
  readonly msgId: boolean;

  /** Code of `modify_c2c_msg` when there is no such message. Documented for the JavaScript SDK only. */
  readonly modifyMissingCode: number;
  /** Code of `modify_c2c_msg` for a MsgKey that is none. Inferred from `admin_msgwithdraw`. */
  readonly modifyKeyCode: number;
  /** Code of `modify_c2c_msg` without MsgBody and CloudCustomData, 0 for success. Not documented. */
  readonly modifyNothingCode: number;
  /** Code of `modify_c2c_msg` for a recalled message, 0 for success. Not documented. */
  readonly modifyRecalledCode: number;
  /** Code of `modify_c2c_msg` for a message of the push plugin. That it is refused is documented, the code is not. */
  readonly modifyPushCode: number;

  /** Code of `modify_group_msg` when there is no such group or topic. Not documented. */
  readonly modifyGroupCode: number;
  /** Code of `modify_group_msg` for an AVChatRoom. That it is refused is documented, the code is not. */
  readonly modifyTypeCode: number;
  /** `RetCode` of `group_msg_recall` for a message that was recalled before, 0 for success. Not documented. */
  readonly recallAgainCode: number;
  /** Who may be `From_Account` of `send_group_msg`: any account, as documented, or a member only (10007). */
  readonly groupSender: 'account' | 'member';

  /** What history of groups shows as MsgBody where a message was: an empty list, or an empty object. Documented as empty. */
  readonly placeholderBody: 'array' | 'object';
  /** What history shows as MsgBody of a recalled message. Not documented. */
  readonly recalledBody: 'kept' | 'empty';
  /** Order of `recentcontact/get_list`. The documented sample is ascending; no text says so. */
  readonly contactsOrder: 'ascending' | 'descending';
  /** Conversations in one answer of `recentcontact/get_list`. Not documented. */
  readonly contactsPage: number;
  /** Conversations kept for a user, the newest. Documented as about 100. */
  readonly contactsKept: number;

  /** What happens to a message when the before-send webhook fails or takes more than 2 s: delivered, or refused with 80003. */
  readonly webhookFailure: 'deliver' | 'reject';
  /** How often a webhook after an event is sent again when it had no answer in 2 s. Off as in the console; how often it then is, is not documented. */
  readonly webhookRetries: number;
}

export const defaultSettings: SandboxSettings = {
  edition: 'standard',
  dailyRequests: 0,
  limits: true,
  roamingDays: 7,
  messageBytes: 12 * 1024,
  emptyBodyCode: 90002,
  strictValues: false,
  pageBytes: 13 * 1024,
  adminCode: 'service',
  jsonCode: 'service',
  expiredSigCode: 70001,
  sigClockSkew: 60,
  sigFailureLimit: 0,
  random: 'ignored',
  region: '',
  nulls: 'absent',
  syncZero: 'accepted',
  mediaUuid: 'optional',
  relayElem: 'accepted',
  batchSizeCode: 70402,
  accountDelete: 'allowed',
  importModes: 'all',
  sendTime: 'server',
  duplicates: 'conversation',
  msgId: false,
  modifyMissingCode: 20026,
  modifyKeyCode: 90054,
  modifyNothingCode: 20001,
  modifyRecalledCode: 20023,
  modifyPushCode: 20001,
  modifyGroupCode: 10010,
  modifyTypeCode: 20001,
  recallAgainCode: 0,
  groupSender: 'account',
  placeholderBody: 'array',
  recalledBody: 'kept',
  contactsOrder: 'ascending',
  contactsPage: 20,
  contactsKept: 100,
  webhookFailure: 'deliver',
  webhookRetries: 0,
};

/** Every leniency switched off: what is not documented to be accepted is refused. */
export const strictSettings: Partial<SandboxSettings> = {
  strictValues: true,
  random: 'uint32',
  nulls: 'refused',
  syncZero: 'refused',
  mediaUuid: 'required',
  relayElem: 'refused',
  importModes: 'current',
};

const choices: Partial<Record<keyof SandboxSettings, readonly (string | number)[]>> = {
  edition: ['trial', 'standard'],
  adminCode: ['service', 'gateway'],
  jsonCode: ['service', 'gateway'],
  expiredSigCode: [70001, 20002],
  random: ['ignored', 'number', 'uint32'],
  nulls: ['absent', 'refused'],
  syncZero: ['accepted', 'refused'],
  mediaUuid: ['optional', 'required'],
  relayElem: ['accepted', 'refused'],
  batchSizeCode: [70402, 70206],
  accountDelete: ['allowed', 'refused'],
  importModes: ['all', 'current'],
  sendTime: ['server', 'request'],
  duplicates: ['conversation', 'sender'],
  groupSender: ['account', 'member'],
  placeholderBody: ['array', 'object'],
  recalledBody: ['kept', 'empty'],
  contactsOrder: ['ascending', 'descending'],
  webhookFailure: ['deliver', 'reject'],
};

/**
 * The settings with some of them replaced. Values may be texts, as on a command line.
 *
 * @throws {Error} that names the setting which does not exist or the values it can have
 */
export function withSettings(settings: SandboxSettings, values: Record<string, unknown>): SandboxSettings {
  const changed: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(defaultSettings, name)) throw new Error(`There is no setting ${name}.`);
    changed[name] = settingValue(name as keyof SandboxSettings, value);
  }
  return changed as unknown as SandboxSettings;
}

function settingValue(name: keyof SandboxSettings, value: unknown): string | number | boolean {
  const expected = defaultSettings[name];
  const wanted = convert(value, typeof expected);
  const allowed = choices[name];
  if (allowed && !allowed.some((choice) => choice === wanted)) {
    throw new Error(`${name} is one of ${allowed.join(', ')}.`);
  }
  if (wanted === undefined) throw new Error(`${name} is a ${typeof expected}.`);
  return wanted;
}

function convert(value: unknown, type: string): string | number | boolean | undefined {
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : undefined;
  }
  if (type === 'number') {
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
  }
  return typeof value === 'string' ? value : undefined;
}
