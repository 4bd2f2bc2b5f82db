import type { TokenColors } from '../protocol';

/** A rule of a colour theme's `tokenColors`, or of `textMateRules` in the settings, as far as it matters here. */
export interface TokenRule {
  /** Selectors; one text may hold several with commas between them. */
  readonly scope?: string | readonly string[];
  readonly settings?: { readonly foreground?: string };
}

/** The scopes of JSON's tokens as VS Code's grammar gives them, from the outside in. */
const object = ['source.json', 'meta.structure.dictionary.json'];
const value = [...object, 'meta.structure.dictionary.value.json'];
const tokens: Readonly<Record<keyof TokenColors, readonly string[]>> = {
  key: [...object, 'string.json', 'support.type.property-name.json'],
  string: [...value, 'string.quoted.double.json'],
  number: [...value, 'constant.numeric.json'],
  constant: [...value, 'constant.language.json'],
};

/** What a rule's selector says of one scope: how closely it fits, and in which colour. */
interface Fit {
  readonly rank: readonly [parts: number, ancestors: number];
  readonly color: string;
}

/** The colours that rules give to JSON's tokens, as VS Code picks them; a token that no rule is about is left out. */
export function tokenColors(rules: readonly TokenRule[]): TokenColors {
  const colors: { -readonly [name in keyof TokenColors]: TokenColors[name] } = {};
  for (const [name, scopes] of Object.entries(tokens) as [keyof TokenColors, readonly string[]][]) {
    const color = colorOf(scopes, rules);
    if (color !== undefined) colors[name] = color;
  }
  return colors;
}

/** The innermost scope that a rule colours decides. */
function colorOf(scopes: readonly string[], rules: readonly TokenRule[]): string | undefined {
  for (let depth = scopes.length; depth > 0; depth -= 1) {
    let best: Fit | undefined;
    for (const rule of rules) {
      const fit = fitOf(rule, scopes.slice(0, depth));
      if (fit && (!best || isAtLeast(fit.rank, best.rank))) best = fit;
    }
    if (best) return best.color;
  }
  return undefined;
}

function fitOf({ scope, settings }: TokenRule, scopes: readonly string[]): Fit | undefined {
  const color = settings?.foreground;
  if (color === undefined || !/^#[0-9a-f]{3,8}$/i.test(color)) return undefined;
  const selectors = (typeof scope === 'string' ? [scope] : (scope ?? [])).flatMap((text) => text.split(','));
  let best: Fit | undefined;
  for (const selector of selectors) {
    const rank = rankOf(selector.trim().split(/\s+/), scopes);
    if (rank && (!best || isAtLeast(rank, best.rank))) best = { rank, color };
  }
  return best;
}

/** How closely a selector fits the innermost scope; its other parts must fit scopes around that, in their order. */
function rankOf(parts: readonly string[], scopes: readonly string[]): Fit['rank'] | undefined {
  const [target = '', ...ancestors] = [...parts].reverse();
  const [inner = '', ...around] = [...scopes].reverse();
  if (target === '' || !covers(target, inner)) return undefined;
  let at = 0;
  for (const ancestor of ancestors) {
    while (at < around.length && !covers(ancestor, around[at] ?? '')) at += 1;
    if (at === around.length) return undefined;
    at += 1;
  }
  return [target.split('.').length, ancestors.length];
}

function covers(selector: string, scope: string): boolean {
  return scope === selector || scope.startsWith(`${selector}.`);
}

/** Of rules that fit alike the later one counts. */
function isAtLeast(left: Fit['rank'], right: Fit['rank']): boolean {
  return left[0] > right[0] || (left[0] === right[0] && left[1] >= right[1]);
}
