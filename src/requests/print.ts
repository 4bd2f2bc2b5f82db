import type { Block, Line, RequestDocument } from './document';

/** What is printed: a document without its places. */
export type Printable = Pick<RequestDocument, 'blocks'>;

/** Writes a document in the one layout: what is read back of it says the same. */
export function printRequests({ blocks }: Printable): string {
  return blocks
    .map(printBlock)
    .filter((text) => text !== '')
    .join('\n');
}

function printBlock({ title, lines, body }: Block): string {
  const printed = [
    ...(title === undefined ? [] : [title.text === '' ? '###' : `### ${title.text}`]),
    ...lines.map(printLine),
    ...(body === undefined ? [] : ['', body.text]),
  ];
  return printed.length === 0 ? '' : `${printed.join('\n')}\n`;
}

function printLine(line: Line): string {
  switch (line.kind) {
    case 'comment':
      return line.comment === '' ? '#' : `# ${line.comment}`;
    case 'directive':
      return `# @${line.name.text} ${line.value.text}`.trimEnd();
    case 'variable':
      return `@${line.name.text} = ${line.value.text}`.trimEnd();
    case 'request':
      return [line.method?.text, line.url.text, line.version?.text].filter(Boolean).join(' ');
    case 'header':
      return `${line.name.text}: ${line.value.text}`.trimEnd();
    case 'other':
      return line.text;
  }
}
