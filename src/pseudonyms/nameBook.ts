import { randomBytes } from 'node:crypto';
import { isRecord } from '../json/values';

/** What is given a neutral name. */
export type NamedKind = 'account' | 'phone' | 'mail' | 'host';

export const namedKinds: readonly NamedKind[] = ['account', 'phone', 'mail', 'host'];

/** One name that was given. */
export interface GivenName {
  readonly kind: NamedKind;
  readonly original: string;
  readonly name: string;
}

/**
 * Who has which neutral name, and the secret that words are replaced by. It is what leads back to the originals, so it
 * stays on this machine.
 */
export class NameBook {
  private readonly names: Readonly<Record<NamedKind, Map<string, string>>>;
  private readonly known: Readonly<Record<NamedKind, Set<string>>>;
  private readonly given = new Set<string>();

  private constructor(
    readonly secret: string,
    names: readonly GivenName[],
  ) {
    const of = <T>(make: () => T): Record<NamedKind, T> => ({
      account: make(),
      phone: make(),
      mail: make(),
      host: make(),
    });
    this.names = of(() => new Map<string, string>());
    this.known = of(() => new Set<string>());
    for (const { kind, original, name } of names) {
      this.names[kind].set(original, name);
      this.given.add(name);
    }
  }

  static empty(): NameBook {
    return new NameBook(randomBytes(16).toString('hex'), []);
  }

  /** Reads what {@link toRecord} made; undefined for anything else. */
  static fromRecord(record: Readonly<Record<string, unknown>>): NameBook | undefined {
    const { secret, names } = record;
    if (typeof secret !== 'string' || !Array.isArray(names)) return undefined;
    const given = names.flatMap((entry: unknown): GivenName[] => {
      if (!isRecord(entry)) return [];
      const kind = namedKinds.find((one) => one === entry.kind);
      const { original, name } = entry;
      if (!kind || typeof original !== 'string' || typeof name !== 'string') return [];
      return [{ kind, original, name }];
    });
    return new NameBook(secret, given);
  }

  toRecord(): Record<string, unknown> {
    const names = namedKinds.flatMap((kind) =>
      [...this.names[kind]].map(([original, name]) => ({ kind, original, name })),
    );
    return { secret: this.secret, names };
  }

  /** Something that is to be hidden was met. No name that is given later is one of these. */
  meet(kind: NamedKind, original: string): void {
    this.known[kind].add(original);
  }

  /** True for an account that was met. */
  isAccount(text: string): boolean {
    return this.known.account.has(text);
  }

  get accounts(): Iterable<string> {
    return this.known.account;
  }

  /** What was met, with its names, in the order of meeting. */
  get met(): readonly GivenName[] {
    return namedKinds.flatMap((kind) =>
      [...this.known[kind]]
        // A telephone number that is an account is one everywhere.
        .filter((original) => kind === 'account' || !this.isAccount(original))
        .map((original) => ({ kind, original, name: this.nameOf(kind, original) })),
    );
  }

  /** The neutral name of it, the same for ever; a name that somebody has in truth is given up for a new one. */
  nameOf(kind: NamedKind, original: string): string {
    const names = this.names[kind];
    const known = names.get(original);
    if (known !== undefined && !this.known[kind].has(known)) return known;
    for (let number = names.size + 1; ; number += 1) {
      const name = made(kind, original, number);
      const isFree = !this.given.has(name) && !this.known[kind].has(name) && !names.has(name);
      if (!isFree) continue;
      names.set(original, name);
      this.given.add(name);
      return name;
    }
  }
}

/** A numeric account of five digits or more stays one of as many: apps keep such accounts as numbers. */
export function isNumericAccount(account: string): boolean {
  return /^[1-9]\d{4,}$/.test(account);
}

function made(kind: NamedKind, original: string, number: number): string {
  switch (kind) {
    case 'account':
      return isNumericAccount(original)
        ? `1${String(number).padStart(original.length - 1, '0')}`
        : `user${number}`;
    case 'phone': {
      // The signs between the digits stay; the digits are those of no real telephone.
      const digits = original.replace(/\D/g, '').length;
      const first = /\d/.exec(original)?.[0] ?? '1';
      const next = Array.from(`${first}${String(number).padStart(digits - 1, '0')}`);
      return original.replace(/\d/g, () => next.shift() ?? '') + next.join('');
    }
    case 'mail':
      return `mail${number}@example.com`;
    case 'host':
      return `host${number}.example.com`;
  }
}
