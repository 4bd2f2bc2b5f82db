/** How a finding about a UserSig is to be taken. */
export type FindingLevel = 'good' | 'note' | 'bad';

/** What can be found out about a UserSig. `{0}` … stand for {@link Finding.values}. The shell has the words. */
export type FindingId =
  /** There is no UserSig in the text at all. */
  | 'nothing'
  /** A log has left it out: `…`, or stars. */
  | 'leftOut'
  /** It stood in a longer text. */
  | 'foundInside'
  /** Blanks, line breaks or quotes stand in it. */
  | 'blanks'
  /** `%2A` where `*` belongs. */
  | 'percentEncoded'
  /** `+`, `/`, `=` where `*`, `-`, `_` belong. */
  | 'standardBase64'
  /** Blanks where `+` stood: standard base64 went through a query. */
  | 'plusAsBlank'
  /** The URL-safe alphabet of RFC 4648, which is another one. */
  | 'base64Url'
  /** The JSON was encoded without being compressed. */
  | 'notCompressed'
  /** Compressed as gzip. */
  | 'gzip'
  /** Compressed without the header of zlib. */
  | 'rawDeflate'
  /** {0} characters, and the end is not among them. */
  | 'cut'
  /** A character of it was changed, or it never was one. */
  | 'damaged'
  /** It is encoded and compressed as one. */
  | 'encoding'
  /** What is inside is no JSON. */
  | 'notJson'
  /** The members {0} are missing or of another type. */
  | 'members'
  /** TLSSigAPIv2, version {0}. */
  | 'current'
  /** `TLS.ver` is {0}. */
  | 'version'
  /** Of the generation before, signed with a private key. */
  | 'keyPair'
  /** It is for the account {0}. */
  | 'account'
  /** It is for {0}, and used for {1}. */
  | 'otherAccount'
  /** The account begins or ends with a blank. */
  | 'accountBlanks'
  /** The account has {0} bytes; 32 are allowed. */
  | 'accountLong'
  /** It is for the SDKAppID {0}. */
  | 'app'
  /** It is for {0}, and used for {1}. */
  | 'otherApp'
  /** Signed at {0}, valid until {1} (both Unix seconds). */
  | 'valid'
  /** It ended at {1}. */
  | 'expired'
  /** It begins at {0} only. */
  | 'notYet'
  /** `TLS.time` is in milliseconds. */
  | 'milliseconds'
  /** `TLS.expire` {0} looks like a moment; it is a number of seconds. */
  | 'expireIsMoment'
  /** It lives {0} seconds; a day at least is advised. */
  | 'shortLived'
  /** By the service's clock, which is {0} seconds ahead of this one, it is the other way round. */
  | 'serviceClock'
  /** Signed with the key of the connection {0}. */
  | 'key'
  /** Signed with the key of {0}, which is of another app. */
  | 'keyOfOtherApp'
  /** Signed with the key of {0} as {1} has it. */
  | 'keySlip'
  /** Not signed with the key of {0}, whose app it is for. */
  | 'otherKey'
  /** None of the {0} keys on this machine made it, and there is none of its app. */
  | 'keyUnknown'
  /** A key pair signed it, and no public key is kept here. */
  | 'keyPairUnknown'
  /** The private key of the public one that was given signed it. */
  | 'keyPairSigned'
  /** Another private key signed it. */
  | 'keyPairOther'
  /** A user buffer: room {0}, privileges {1}, until {2}. */
  | 'userBuf'
  /** The user buffer cannot be read. */
  | 'userBufBroken'
  /** The user buffer is for the account {0}, the UserSig for {1}. */
  | 'userBufAccount'
  /** The user buffer is for the SDKAppID {0}, the UserSig for {1}. */
  | 'userBufApp'
  /** The user buffer ends at {0}, the UserSig at {1}. */
  | 'userBufExpiry';

/** One line of an examination. */
export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  readonly values: readonly (string | number)[];
  /** The codes one of which the service is to be expected to answer because of it. */
  readonly codes: readonly number[];
}

export function good(id: FindingId, ...values: readonly (string | number)[]): Finding {
  return { id, level: 'good', values, codes: [] };
}

export function note(id: FindingId, ...values: readonly (string | number)[]): Finding {
  return { id, level: 'note', values, codes: [] };
}

export function bad(
  codes: readonly number[],
  id: FindingId,
  ...values: readonly (string | number)[]
): Finding {
  return { id, level: 'bad', values, codes };
}
