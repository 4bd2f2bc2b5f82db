import type { KeyObject } from 'node:crypto';
import { decodeUserSig, inflatedUserSig, isSignedWith } from '../../chat/userSig';
import { Refusal } from '../requestBody';
import type { SandboxSettings } from '../settings';
import { decodeKeyPairSig, isSignedByPair } from '../../chat/signatures/keyPairSig';
import type { CallQuery } from './query';

/** Checked UserSigs that are kept, so that a client's next call costs no inflating and hashing. */
const MOST_KEPT = 1000;
const MINUTE = 60_000;

/** The app that UserSigs are made for, and what they are checked with. */
export interface AppKeys {
  readonly sdkAppId: number;
  readonly secretKey: string;
  /** For UserSigs of the generation before TLSSigAPIv2; without it they are refused with 70016. */
  readonly publicKey?: KeyObject;
}

/** What the checks need of a UserSig, of either generation. */
interface ReadSig {
  readonly identifier: string;
  readonly sdkAppId: number;
  readonly time: number;
  readonly expire: number;
  /** @throws {Refusal} 70016 without a key to check it with */
  isGenuine(): boolean;
}

/** Checks UserSigs: made for this app, by its key, for the calling account, and still valid. */
export class Gate {
  private readonly kept = new Map<string, ReadSig>();
  private readonly failures = new Map<string, number[]>();

  constructor(
    private readonly keys: AppKeys,
    private readonly settings: () => SandboxSettings,
    private readonly now: () => number,
  ) {}

  /**
   * The documentation has no order for these checks. Here: what the UserSig is (70002, 70003, 70005), whom it is for
   * (70014, 70013), whether it is genuine (70016, 70009), and whether it is valid now (70001).
   *
   * @param expiredCode code for one that is not valid now
   * @throws {Refusal}
   */
  check(query: CallQuery, expiredCode: number): void {
    const limit = this.settings().sigFailureLimit;
    if (limit > 0 && this.recentFailures(query.identifier).length >= limit) {
      throw new Refusal(70050, 'too many failed checks of the UserSig, wait a minute');
    }
    try {
      this.checkValidity(this.genuine(query), expiredCode);
    } catch (error) {
      if (limit > 0) this.recentFailures(query.identifier).push(this.now());
      throw error;
    }
  }

  private genuine({ userSig, sdkAppId, identifier }: CallQuery): ReadSig {
    const known = this.kept.get(userSig);
    if (known?.identifier === identifier && known.sdkAppId === sdkAppId) return known;
    if (userSig === '') throw new Refusal(70002, 'the UserSig is empty');
    const sig = this.read(userSig);
    if (!sig) throw new Refusal(...malformed(userSig));
    if (sig.sdkAppId !== sdkAppId) throw new Refusal(70014, 'the UserSig is for another SDKAppID');
    if (sig.identifier !== identifier) throw new Refusal(70013, 'the UserSig is for another identifier');
    if (sdkAppId !== this.keys.sdkAppId || !sig.isGenuine()) {
      throw new Refusal(70009, 'the UserSig was signed with another key');
    }
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(userSig, sig);
    return sig;
  }

  private read(userSig: string): ReadSig | undefined {
    const { secretKey, publicKey } = this.keys;
    const current = decodeUserSig(userSig);
    if (current) return { ...current, isGenuine: () => isSignedWith(current, secretKey) };
    const old = decodeKeyPairSig(userSig);
    if (!old) return undefined;
    return {
      ...old,
      isGenuine: () => {
        if (!publicKey) throw new Refusal(70016, 'the app has no public key');
        return isSignedByPair(old, publicKey);
      },
    };
  }

  private checkValidity({ time, expire }: ReadSig, expiredCode: number): void {
    const now = Math.floor(this.now() / 1000);
    if (now > time + expire) throw new Refusal(expiredCode, 'the UserSig has expired');
    if (now < time - this.settings().sigClockSkew)
      throw new Refusal(expiredCode, 'the UserSig is not valid yet');
  }

  private recentFailures(identifier: string): number[] {
    const since = this.now() - MINUTE;
    const recent = (this.failures.get(identifier) ?? []).filter((time) => time > since);
    if (this.failures.size >= MOST_KEPT) this.failures.clear();
    this.failures.set(identifier, recent);
    return recent;
  }
}

/** Cut or of another encoding is 70003, readable without being a UserSig 70005: which is which is not documented. */
function malformed(userSig: string): [code: number, info: string] {
  return inflatedUserSig(userSig) === undefined
    ? [70003, 'the UserSig cannot be decoded']
    : [70005, 'the UserSig has not the fields of one'];
}
