import { snippet } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';

/**
 * A snippet in VS Code's syntax (`$1`, `${1:text}`, `${1|one,two|}`, `$0`, `\$`) as CodeMirror has them. Variables
 * become nothing, a choice its first word.
 */
export function toTemplate(source: string): string {
  let out = '';
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const escape = /^\\([$}\\])/.exec(rest);
    const simple = /^\$(\d+)/.exec(rest);
    const choice = /^\$\{(\d+)\|((?:[^,|\\]|\\.)*)(?:,(?:[^|\\]|\\.)*)?\|\}/.exec(rest);
    const field = /^\$\{(\d+)(?::((?:[^}\\]|\\.)*))?\}/.exec(rest);
    const variable = /^\$(?:[A-Z_]+|\{[A-Z_]+[^}]*\})/.exec(rest);
    const found = escape ?? simple ?? choice ?? field ?? variable;
    if (!found) {
      out += literal(source[at] ?? '', source[at + 1]);
      at++;
      continue;
    }
    if (escape) out += literal(escape[1] ?? '', source[at + 2]);
    else if (!variable || simple || choice || field) out += stop(found[1] ?? '', found[2] ?? '');
    at += found[0].length;
  }
  return out;
}

function stop(number: string, text: string): string {
  const plain = text.replace(/\\(.)/g, '$1');
  // CodeMirror's fields cannot hold braces; the text stays, with the stop behind it.
  if (/[{}]/.test(plain)) return `${plain}\${${order(number)}}`;
  return `\${${order(number)}${plain === '' ? '' : `:${plain}`}}`;
}

/** `$0` is the last stop. */
function order(number: string): string {
  return number === '0' ? '99' : number;
}

/** `${` and `#{` begin a field in CodeMirror. */
function literal(character: string, next: string | undefined): string {
  return (character === '$' || character === '#') && next === '{' ? `${character}\\` : character;
}

export function insertSnippet(view: EditorView, source: string, from: number, to: number): void {
  snippet(toTemplate(source))(view, null, from, to);
}
