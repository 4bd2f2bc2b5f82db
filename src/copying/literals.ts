import { prettyPrint } from '../json/layout';
import { isJson } from '../json/strictScanner';

/** A text as a literal of JavaScript, Python, Java or Go: what JSON escapes, all of them read. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A text between single quotes, as PHP has it. */
export function phpQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A text as one word of a POSIX shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** JSON that is laid out, to be read between lines of code; undefined for a text that has no layout. */
function laidOut(body: string): string | undefined {
  return isJson(body) ? prettyPrint(body) : undefined;
}

/** A body as JavaScript has it: raw lines where nothing in it ends them or is filled in. */
export function jsBody(body: string): string {
  const lines = laidOut(body);
  return lines === undefined || /`|\$\{/.test(lines) ? quoted(body) : `String.raw\`${lines}\``;
}

/** A body as Python has it. */
export function pythonBody(body: string): string {
  const lines = laidOut(body);
  return lines === undefined || lines.includes("'''") ? quoted(body) : `r'''${lines}'''`;
}

/** A body as Java has it, a text block; the least indented of its lines says where they begin. */
export function javaBody(body: string, indent: string): string {
  const lines = laidOut(body);
  if (lines === undefined) return quoted(body);
  const escaped = lines.replaceAll('\\', '\\\\').replaceAll('"""', String.raw`\"\"\"`);
  const text = escaped.split('\n').map((line) => `${indent}${line}`);
  return `"""\n${text.join('\n')}"""`;
}

/** A body as Go has it, a raw string; a backquote stands between two of them. */
export function goBody(body: string): string {
  const lines = laidOut(body);
  return lines === undefined ? quoted(body) : `\`${lines.replaceAll('`', '` + "`" + `')}\``;
}

/** A body as PHP has it: no line of JSON begins with the word that ends it. */
export function phpBody(body: string): string {
  const lines = laidOut(body);
  return lines === undefined ? phpQuoted(body) : `<<<'JSON'\n${lines}\nJSON`;
}
