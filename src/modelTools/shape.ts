/** What a member of an input may be. */
interface Member<T> {
  readonly optional: boolean;
  /** What is expected, for the language model. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** Only its type counts; no member has it. */
  readonly value?: T;
}

/** The members of an input, by their names. */
export type Shape = Readonly<Record<string, Member<unknown>>>;

/** What is read of an input of a shape. */
export type InputOf<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Member<infer T> ? T : never;
};

/** An input, or what is wrong with it, for the language model that made it. */
export type ReadInput<T> = { readonly input: T } | { readonly wrong: string };

/** A text of 1 to `most` UTF-16 units. */
export function text(most: number): Member<string> {
  return {
    optional: false,
    expected: `a string of 1 to ${most} characters`,
    accepts: (value) => typeof value === 'string' && value.length > 0 && value.length <= most,
  };
}

/** A whole number of a range. */
export function whole(least: number, most: number): Member<number> {
  return {
    optional: false,
    expected: `a whole number from ${least} to ${most}`,
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

/** A member that may be left out. */
export function optional<T>(member: Member<T>): Member<T | undefined> {
  const { expected, accepts } = member;
  return { optional: true, expected, accepts: (value) => value === undefined || accepts(value) };
}

/**
 * Reads what a language model gave to a tool. VS Code checks nothing of it against the schema of the manifest, so this
 * does: every member is of its kind, none is missing, and there are no others. Never throws.
 */
export function readInput<S extends Shape>(shape: S, value: unknown): ReadInput<InputOf<S>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { wrong: 'The input is to be an object.' };
  const given = new Map<string, unknown>(Object.entries(value));
  for (const name of given.keys())
    if (!Object.hasOwn(shape, name))
      return { wrong: `The input has no member ${JSON.stringify(name.slice(0, 40))}.` };
  const input: Record<string, unknown> = {};
  for (const [name, { optional: mayLack, expected, accepts }] of Object.entries(shape)) {
    const member = given.get(name);
    if (!accepts(member)) return { wrong: `${name} is ${mayLack ? 'absent or ' : ''}${expected}.` };
    if (member !== undefined) input[name] = member;
  }
  return { input: input as InputOf<S> };
}
