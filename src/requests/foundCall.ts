import { isJson } from '../json/strictScanner';
import { prettyPrint } from '../json/layout';
import { requestLineOf } from './document';
import { parseRequests } from './parse';
import { targetOf } from './target';

/** A call that was found in a text. */
export interface FoundCall {
  /** `service/command`. */
  readonly command: string;
  /** As it stood there; undefined when there was none. */
  readonly body: string | undefined;
  /** It was written as a request of a document, where `{{…}}` stands for a value. */
  readonly hasReferences?: true;
}

/** Reads a call that was copied as curl: its URL's command and its body, without host and signature. */
function callOfCurl(text: string): FoundCall | undefined {
  const words = shellWords(text.trim());
  if (words[0] !== 'curl') return undefined;
  let url: string | undefined;
  let body: string | undefined;
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, glued] = /^--(?:data|data-raw|data-binary|json)=(.*)$/s.exec(word) ?? [];
    if (glued !== undefined) body = glued;
    else if (/^(?:-d|--data|--data-raw|--data-binary|--json)$/.test(word)) body = words[(index += 1)];
    else if (/^(?:-X|--request|-H|--header|-o|--output|-m|--max-time|-A|-x|--url)$/.test(word)) {
      const value = words[(index += 1)];
      if (word === '--url') url = value;
    } else if (!word.startsWith('-')) url ??= word;
  }
  const target = url === undefined ? undefined : targetOf(url);
  return target && !('problem' in target) ? { command: target.command, body } : undefined;
}

/** Reads a call in a text: copied as curl, or written as in `.http`, as the log of requests has it. */
export function callOf(text: string): FoundCall | undefined {
  const curl = callOfCurl(text);
  if (curl) return curl;
  for (const block of parseRequests(text).blocks) {
    const line = requestLineOf(block);
    const target = line?.method?.text === 'POST' ? targetOf(line.url.text) : undefined;
    if (line && target && !('problem' in target))
      return {
        command: target.command,
        body: block.body?.text,
        ...(line.url.text.includes('{{') && { hasReferences: true }),
      };
  }
  return undefined;
}

/** A block that makes this call, as a document has it. What somebody wrote in a message refers to no value there. */
export function blockOf({ command, body, hasReferences }: FoundCall, title: string): string {
  const layout = body === undefined ? '{}' : isJson(body) ? prettyPrint(body) : body;
  const literal = hasReferences ? layout : layout.replaceAll('{{', '{\\u007b');
  return `### ${title}\nPOST {{endpoint}}/v4/${command}\nContent-Type: application/json\n\n${literal.trim()}\n`;
}

/** Words of a line of a POSIX shell: quotes, backslashes, lines that go on. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      const stop = end < 0 ? text.length : end;
      const ansi = text[at - 1] === '$';
      const inside = text.slice(at + 1, stop);
      word = (ansi ? (word ?? '').slice(0, -1) : (word ?? '')) + inside;
      at = stop;
    } else if (char === '"') {
      let inside = '';
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) {
        if (text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '')) at += 1;
        inside += text[at] ?? '';
      }
      word = (word ?? '') + inside;
    } else if (char === '\\') {
      at += text[at + 1] === '\r' ? 2 : 1;
      if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}
