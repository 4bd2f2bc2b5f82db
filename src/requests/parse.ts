import type { Block, Line, Part, RequestDocument } from './document';

/**
 * Reads a document of requests: the `.http` format that REST Client, JetBrains and Kulala read, without what a call of
 * this service has no use for. Never throws, and a block that is not finished ends where the next `###` stands.
 */
export function parseRequests(text: string): RequestDocument {
  const lines = linesIn(text);
  const starts = lines.filter((line, index) => index === 0 || SEPARATOR.test(line.text));
  const blocks = starts.map((start, index): Block => {
    const end = starts[index + 1]?.offset ?? text.length;
    return readBlock(text, start.offset, end);
  });
  return { text, blocks };
}

const SEPARATOR = /^#{3,}/;
const COMMENT = /^[ \t]*(?:#|\/\/)/;
const DIRECTIVE = /^([ \t]*(?:#+|\/\/)[ \t]*@)([A-Za-z][\w-]*)([ \t]*)(.*)$/s;
const VARIABLE = /^([ \t]*@)([^\s=]+)([ \t]*=[ \t]*)(.*)$/s;
const REQUEST = /^([ \t]*)(?:([A-Za-z]+)([ \t]+))?(\S(?:.*?\S)??)([ \t]+HTTP\/[\d.]+)?[ \t]*$/s;
const HEADER = /^([ \t]*)([\w-]+)([ \t]*:[ \t]*)(.*)$/s;

function readBlock(text: string, from: number, to: number): Block {
  const all = linesIn(text, from, to);
  const [first] = all;
  const title = first && SEPARATOR.test(first.text) ? titlePart(first) : undefined;
  const lines: Line[] = [];
  let requested = false;
  let index = title ? 1 : 0;
  for (; index < all.length; index += 1) {
    const line = all[index];
    if (line === undefined) break;
    if (line.text.trim() === '') {
      if (requested) break;
      continue;
    }
    const read = readLine(line, requested);
    requested ||= read.kind === 'request';
    lines.push(read);
  }
  return { offset: from, length: to - from, title, lines, body: bodyPart(text, all.slice(index)) };
}

function readLine(line: Part, requested: boolean): Line {
  const { text, offset, length } = line;
  if (COMMENT.test(text)) {
    const directive = DIRECTIVE.exec(text);
    if (!directive)
      return {
        kind: 'comment',
        offset,
        length,
        comment: withoutBlanks(text.replace(/^[ \t]*(?:#+|\/\/)/, '')),
      };
    const [, before = '', name = '', gap = '', value = ''] = directive;
    const at = offset + before.length;
    return {
      kind: 'directive',
      offset,
      length,
      name: part(name, at),
      value: part(value.trimEnd(), at + name.length + gap.length),
    };
  }
  const variable = requested ? null : VARIABLE.exec(text);
  if (variable) {
    const [, before = '', name = '', gap = '', value = ''] = variable;
    const at = offset + before.length;
    return {
      kind: 'variable',
      offset,
      length,
      name: part(name, at),
      value: part(value.trimEnd(), at + name.length + gap.length),
    };
  }
  if (!requested) return requestLine(line);
  const header = HEADER.exec(text);
  if (!header) return { kind: 'other', offset, length, text: withoutBlanks(text) };
  const [, before = '', name = '', gap = '', value = ''] = header;
  const at = offset + before.length;
  return {
    kind: 'header',
    offset,
    length,
    name: part(name, at),
    value: part(value.trimEnd(), at + name.length + gap.length),
  };
}

function requestLine({ text, offset, length }: Part): Line {
  const [, before = '', method, gap = '', url = text, version] = REQUEST.exec(text) ?? [];
  const at = offset + before.length;
  const urlAt = at + (method === undefined ? 0 : method.length + gap.length);
  const versionAt = urlAt + url.length + (version ? version.length - version.trimStart().length : 0);
  return {
    kind: 'request',
    offset,
    length,
    method: method === undefined ? undefined : part(method, at),
    url: part(url, urlAt),
    version: version === undefined ? undefined : part(version.trimStart(), versionAt),
  };
}

function titlePart({ text, offset }: Part): Part {
  const mark = /^#{3,}[ \t]*/.exec(text)?.[0].length ?? 0;
  return part(text.slice(mark).trimEnd(), offset + mark);
}

function bodyPart(text: string, lines: readonly Part[]): Part | undefined {
  const filled = lines.filter((line) => line.text.trim() !== '');
  const [first] = filled;
  const last = filled.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const end = last.offset + last.text.trimEnd().length;
  return part(text.slice(first.offset, end), first.offset);
}

/** The lines of a text or of a part of it, without their ends. VS Code, too, ends a line at a lone carriage return. */
function linesIn(text: string, from = 0, to = text.length): Part[] {
  const lines: Part[] = [];
  let at = from;
  for (const { 0: end, index } of text.slice(from, to).matchAll(/\r\n?|\n/g)) {
    lines.push(part(text.slice(at, from + index), at));
    at = from + index + end.length;
  }
  if (at < to || lines.length === 0) lines.push(part(text.slice(at, to), at));
  return lines;
}

function part(text: string, offset: number): Part {
  return { text, offset, length: text.length };
}

/** Only blanks at the beginning go: another kind of space may be what keeps a line from being of another kind. */
function withoutBlanks(text: string): string {
  return text.replace(/^[ \t]+/, '').trimEnd();
}
