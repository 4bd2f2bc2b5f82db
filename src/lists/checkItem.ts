import type { TextEdit, TextRange } from '../json/text';
import { checkMessage, type Problem } from '../message/checks';
import { memberRange, type ListItem } from './parseList';

/** The message of an item as a document of its own, and how its places are places of the list. */
export interface ItemDocument {
  readonly text: string;
  /** Where a stretch of the document lies in the list; what lies outside of both members is the item's beginning. */
  toList(range: TextRange): TextRange;
  /** The edits of the list that are these of the document; undefined when one of them is of no member. */
  editsInList(edits: readonly TextEdit[]): TextEdit[] | undefined;
}

const NAMES = ['MsgBody', 'CloudCustomData'] as const;

/** Takes the message of an item out of its list. */
export function itemDocument(text: string, item: ListItem): ItemDocument {
  const parts: { readonly from: number; readonly to: number; readonly length: number }[] = [];
  let document = '{';
  for (const name of NAMES) {
    const member = memberRange(item, name);
    if (!member) continue;
    document += `${document === '{' ? '' : ','}"${name}":`;
    parts.push({ from: document.length, to: member.offset, length: member.length });
    document += text.slice(member.offset, member.offset + member.length);
  }
  const partOf = ({ offset, length }: TextRange) =>
    parts.find((part) => offset >= part.from && offset + length <= part.from + part.length);
  return {
    text: `${document}}`,
    toList: (place) => {
      const part = partOf(place);
      return part
        ? { offset: place.offset - part.from + part.to, length: place.length }
        : { offset: item.range.offset, length: 1 };
    },
    editsInList: (edits) => {
      const moved = edits.flatMap((edit) => {
        const part = partOf(edit);
        return part ? [{ ...edit, offset: edit.offset - part.from + part.to }] : [];
      });
      return moved.length === edits.length ? moved : undefined;
    },
  };
}

/** What the service would refuse in an item, at its place in the list. */
export function checkItem(
  text: string,
  item: ListItem,
): { readonly problem: Problem; readonly range: TextRange }[] {
  const document = itemDocument(text, item);
  return checkMessage(document.text).map((problem) => ({ problem, range: document.toList(problem.range) }));
}
