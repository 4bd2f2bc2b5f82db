import { fieldOf, specOf, type CallName, type CallSpec } from '../specs';
import { aliases } from './aliases';
import { purposes } from './purposes';
import { samples } from './samples';

/** A call in words, for who writes a request. */
export interface CallGuide {
  readonly spec: CallSpec;
  readonly purpose: { readonly en: string; readonly zh: string };
  /** Further words that it is looked for by; may be empty. */
  readonly alias: string;
  /** A body to begin with: as its page shows one, else the members it needs with empty values. */
  readonly sample: Readonly<Record<string, unknown>>;
}

const EMPTY: Readonly<Record<string, unknown>> = { String: '', Integer: 0, Array: [], Object: {} };

/** Every call that is described, in words. */
export const callGuides: readonly CallGuide[] = (Object.keys(purposes) as CallName[]).map(guideOf);

/** A call in words; undefined for one that nobody described. */
export function findGuide(command: string): CallGuide | undefined {
  return callGuides.find(({ spec }) => spec.name === command);
}

function guideOf(name: CallName): CallGuide {
  const spec = specOf(name);
  const [en, zh] = purposes[name];
  return { spec, purpose: { en, zh }, alias: aliases[name] ?? '', sample: samples[name] ?? needed(spec) };
}

function needed({ body }: CallSpec): Readonly<Record<string, unknown>> {
  const members = Object.entries(body).flatMap(([member, written]) => {
    const { type, needed } = fieldOf(written);
    return needed && !member.includes('.') ? [[member, EMPTY[type]]] : [];
  });
  return Object.fromEntries(members) as Readonly<Record<string, unknown>>;
}
