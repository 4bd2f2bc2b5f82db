import type { TextRange } from '../json/text';

/** A piece of the text: what it says, and where. */
export interface Part extends TextRange {
  readonly text: string;
}

/** `# …` or `// …`. */
interface CommentLine extends TextRange {
  readonly kind: 'comment';
  /** Without the mark and the blanks around. */
  readonly comment: string;
}

/** `# @name sent`, `# @connection Test`, `# @expect ErrorCode 0`. */
interface DirectiveLine extends TextRange {
  readonly kind: 'directive';
  readonly name: Part;
  /** What follows; empty when nothing does. */
  readonly value: Part;
}

/** `@peer = bob`: a value for the whole document. */
interface VariableLine extends TextRange {
  readonly kind: 'variable';
  readonly name: Part;
  readonly value: Part;
}

/** `POST {{endpoint}}/v4/openim/sendmsg`. */
export interface RequestLine extends TextRange {
  readonly kind: 'request';
  /** As written; undefined when the line is a URL only, which means GET. */
  readonly method: Part | undefined;
  readonly url: Part;
  /** `HTTP/1.1`, where it stands. */
  readonly version: Part | undefined;
}

/** `Content-Type: application/json`. */
interface HeaderLine extends TextRange {
  readonly kind: 'header';
  readonly name: Part;
  readonly value: Part;
}

/** A line between request line and body that is no header. */
interface OtherLine extends TextRange {
  readonly kind: 'other';
  readonly text: string;
}

export type Line = CommentLine | DirectiveLine | VariableLine | RequestLine | HeaderLine | OtherLine;

/** One request, or what stands before the first `###`. */
export interface Block extends TextRange {
  /** What follows the `###` that begins it; undefined for the one that no `###` begins. */
  readonly title: Part | undefined;
  /** What stands before the body, in the order of the text, without empty lines. */
  readonly lines: readonly Line[];
  /** From its first sign to its last, without the empty lines around; undefined when there is none. */
  readonly body: Part | undefined;
}

/** A document of requests. Blocks follow each other without a gap and cover the whole text. */
export interface RequestDocument {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** The request line of a block. */
export function requestLineOf({ lines }: Block): RequestLine | undefined {
  return lines.find((line) => line.kind === 'request');
}

/** All lines of one kind, of a block or of a whole document. */
export function linesOf<Kind extends Line['kind']>(
  blocks: Block | readonly Block[],
  kind: Kind,
): Extract<Line, { kind: Kind }>[] {
  const all = 'lines' in blocks ? [blocks] : blocks;
  return all.flatMap(({ lines }) => lines.filter((line) => line.kind === kind)) as Extract<
    Line,
    { kind: Kind }
  >[];
}

/** The value of a directive of a block; undefined where it does not stand. */
export function directiveOf(block: Block, name: string): Part | undefined {
  return linesOf(block, 'directive').find((line) => line.name.text === name)?.value;
}

/** What a block is called: its `@name`, else its title, else its call. */
export function titleOf(block: Block): string {
  const name = directiveOf(block, 'name')?.text;
  if (name !== undefined && name !== '') return name;
  if (block.title !== undefined && block.title.text !== '') return block.title.text;
  return shownUrl(requestLineOf(block)?.url.text ?? '');
}

/**
 * What may be shown of a URL, printed and exported: people paste theirs with the UserSig in its query, and with a name and a
 * password before its host.
 */
export function shownUrl(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)?[^?]*@/i, '$1').replace(/[?#].*$/s, '');
}

/** The block that an offset lies in; at a border, the one that begins there. */
export function blockAt({ blocks }: RequestDocument, offset: number): Block | undefined {
  return [...blocks].reverse().find((block) => block.offset <= offset);
}
