import { nodeAtPath, nodeText, parseStrict } from '../json/tree';
import { linesOf, type RequestDocument } from './document';
import { answerReference, CONNECTION_NAMES, referencesIn, type Sources } from './variables';

/** A value that stands in for a reference. */
interface Value {
  /** As text. */
  readonly text: string;
  /** As JSON: what stands for it where a value of a body is wanted; undefined for what is text only. */
  readonly json?: string;
}

/** Why a reference has no value. */
export type ValueProblem =
  'unknownVariable' | 'noAnswer' | 'noSuchMember' | 'noEnvironment' | 'circle' | 'badArguments';

/** What a reference stands for, or why it stands for nothing. */
export type Resolved = { readonly value: Value } | { readonly problem: ValueProblem };

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const MAX_DEPTH = 20;

/** Finds what the references of a document stand for. */
export class Values {
  private readonly own: ReadonlyMap<string, string>;

  constructor(
    document: Pick<RequestDocument, 'blocks'>,
    private readonly sources: Sources,
  ) {
    this.own = new Map(
      linesOf(document.blocks, 'variable')
        .filter(({ name }) => !isConnectionName(name.text))
        .map(({ name, value }) => [name.text, value.text]),
    );
  }

  /** @param depth how many variables led here */
  of(expression: string, depth = 0): Resolved {
    if (depth > MAX_DEPTH) return { problem: 'circle' };
    if (isConnectionName(expression)) return { value: { text: this.sources.connection[expression] } };
    if (expression.startsWith('$')) return this.made(expression);
    const reference = answerReference(expression);
    if (reference) return this.answered(reference.request, reference.path);
    const written = this.own.get(expression);
    return written === undefined ? { problem: 'unknownVariable' } : this.filled(written, depth);
  }

  private filled(written: string, depth: number): Resolved {
    let text = '';
    let at = 0;
    for (const { offset, length, expression } of referencesIn(written)) {
      const inner = this.of(expression, depth + 1);
      if ('problem' in inner) return inner;
      // A variable that is one reference is that value, a number or an object too.
      if (length === written.length) return inner;
      text += written.slice(at, offset) + inner.value.text;
      at = offset + length;
    }
    text += written.slice(at);
    return { value: parseStrict(text) ? { text, json: text } : { text } };
  }

  private made(expression: string): Resolved {
    const [name = '', ...args] = expression.split(/\s+/);
    switch (name) {
      case '$guid':
        return { value: { text: this.sources.guid() } };
      case '$timestamp':
        return this.timestamp(args);
      case '$randomInt': {
        const [min = NaN, max = NaN] = args.map(Number);
        if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max <= min)
          return { problem: 'badArguments' };
        return number(this.sources.randomInt(min, max));
      }
      case '$processEnv': {
        const [variable] = args;
        const text = variable === undefined ? undefined : this.sources.environment(variable);
        return text === undefined ? { problem: 'noEnvironment' } : { value: { text } };
      }
      default:
        return { problem: 'unknownVariable' };
    }
  }

  /** `$timestamp`, `$timestamp -3 d`: Unix seconds, as REST Client has them. */
  private timestamp([offset, unit]: readonly string[]): Resolved {
    const step = unit === undefined ? undefined : UNITS[unit];
    if (offset !== undefined && (!/^[+-]?\d{1,9}$/.test(offset) || step === undefined))
      return { problem: 'badArguments' };
    return number(Math.floor((this.sources.now() + Number(offset ?? 0) * (step ?? 0)) / 1000));
  }

  private answered(request: string, path: readonly (string | number)[] | '*'): Resolved {
    const answer = this.sources.answer(request);
    if (answer === undefined) return { problem: 'noAnswer' };
    if (path === '*') return { value: { text: answer, json: answer } };
    const node = nodeAtPath(parseStrict(answer), [...path]);
    if (!node) return { problem: 'noSuchMember' };
    // The very signs of the answer: a 64-bit number keeps its digits, a string its escapes.
    const json = nodeText(answer, node);
    return { value: { text: node.type === 'string' ? String(node.value) : json, json } };
  }
}

function number(value: number): Resolved {
  return { value: { text: String(value), json: String(value) } };
}

/** True for a name whose value is the connection's. */
export function isConnectionName(name: string): name is (typeof CONNECTION_NAMES)[number] {
  return (CONNECTION_NAMES as readonly string[]).includes(name);
}
