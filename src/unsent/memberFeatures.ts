import { getLocation, type Location } from 'jsonc-parser';
import * as vscode from 'vscode';
import { fieldOf, type FieldType } from '../chat/calls/specs';
import type { Connection } from '../connections/connection';
import { parseUnsentUri } from '../documents/unsentUri';
import { parseJson } from '../json/tree';
import { MEMBERS } from '../message/document';
import { isGroupKind, limitsOf, membersOf, WRITTEN, type SendKind } from '../outgoing/members';
import { kindOf } from '../outgoing/outgoing';
import { rangeIn } from '../ui/ranges';
import { Tooltip } from '../ui/tooltip';
import { plainText, textLimits } from '../ui/plainText';
import { memberMeaning, wordMeaning } from './memberTexts';

/** A place in the document of a message that is not sent yet. */
interface Place {
  readonly connection: Connection | undefined;
  readonly kind: SendKind;
  readonly text: string;
  /** Names that stand in the document. */
  readonly present: ReadonlySet<string>;
  readonly location: Location;
  /** The member that it is in, or whose name it is in. */
  readonly name: string;
  /** What stands at the place and would be replaced. */
  readonly range: vscode.Range;
  /** Where that ends. */
  readonly end: number;
}

/** How a value of each type begins. */
const VALUES = { String: '"$0"', Integer: '$0', Array: '[$0]', Object: '{$0}' } as const;

/**
 * Completion and hover of the receivers and options of a message that is not sent yet, by the service's names. What
 * stands in `MsgBody` and `CloudCustomData` VS Code's JSON features know.
 */
export class MemberFeatures implements vscode.CompletionItemProvider, vscode.HoverProvider {
  constructor(private readonly connection: (id: string) => Connection | undefined) {}

  provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.CompletionItem[] | undefined {
    const place = this.placeAt(document, position);
    if (!place) return undefined;
    return place.location.isAtPropertyKey ? membersFor(place) : valuesFor(place);
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const place = this.placeAt(document, position);
    const meaning = place ? memberMeaning(place.name) : '';
    if (!place || meaning === '') return undefined;
    const { kind, name } = place;
    const tooltip = new Tooltip().heading(name).text(meaning);
    const type = membersOf(kind)[name];
    if (type !== undefined) tooltip.text(typeText(type));
    for (const value of limitsOf(kind, name).values ?? [])
      tooltip.fact(String(value), wordMeaning(name, value));
    return new vscode.Hover(tooltip.markdown);
  }

  private placeAt(document: vscode.TextDocument, position: vscode.Position): Place | undefined {
    const ref = parseUnsentUri(document.uri);
    const text = document.getText();
    const offset = document.offsetAt(position);
    const location = getLocation(text, offset);
    const [name] = location.path;
    // Deeper is only what is in a list of receivers or of words.
    const isDeep = location.path.length > (location.isAtPropertyKey ? 1 : 2);
    if (!ref || typeof name !== 'string' || isDeep || MEMBERS.some((one) => one === name)) return undefined;
    const { root } = parseJson(text);
    const node = location.previousNode;
    const isIn = node && node.offset <= offset && offset <= node.offset + node.length;
    const token = isIn && (node.type === 'string' || node.type === 'number' || node.type === 'property');
    return {
      connection: this.connection(ref.connectionId),
      kind: kindOf(root),
      text,
      present: new Set((root?.children ?? []).map(({ children }) => String(children?.[0]?.value))),
      location,
      name,
      range: token ? rangeIn(document, node) : new vscode.Range(position, position),
      end: token ? node.offset + node.length : offset,
    };
  }
}

function membersFor({ kind, text, present, name: typed, range, end }: Place): vscode.CompletionItem[] {
  const rest = text.slice(end).trimStart();
  const hasValue = rest.startsWith(':');
  const comma = rest.startsWith('"') ? ',' : '';
  // The members that make it another call stand in that one only.
  const other = { [isGroupKind(kind) ? 'SendTime' : 'SyncFromOldSystem']: 'Integer' };
  const members = { ...other, ...membersOf(kind) } as Record<string, FieldType>;
  return Object.entries(members).flatMap(([name, written]) => {
    const isTaken = present.has(name) && name !== typed;
    if (isTaken || WRITTEN.has(name) || MEMBERS.some((member) => member === name)) return [];
    const { type, needed } = fieldOf(written);
    const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
    item.detail = typeText(written);
    item.documentation = memberMeaning(name);
    item.sortText = `${needed ? 0 : 1}${name}`;
    item.filterText = `"${name}"`;
    item.range = range;
    item.insertText = hasValue ? `"${name}"` : new vscode.SnippetString(`"${name}": ${VALUES[type]}${comma}`);
    return [item];
  });
}

function valuesFor({ kind, name, range, connection }: Place): vscode.CompletionItem[] | undefined {
  const { values } = limitsOf(kind, name);
  const users = name.endsWith('_Account') ? [...(connection?.users ?? []), ...(connection?.met ?? [])] : [];
  const groups = name === 'GroupId' ? (connection?.groups ?? []) : [];
  const { EnumMember, User, Class } = vscode.CompletionItemKind;
  const item = (value: string | number, kindOfItem: vscode.CompletionItemKind): vscode.CompletionItem => {
    const made = new vscode.CompletionItem(plainText(String(value), textLimits.line), kindOfItem);
    made.insertText = made.filterText = JSON.stringify(value);
    made.range = range;
    return made;
  };
  return [
    ...(values ?? []).map((value) => {
      const made = item(value, EnumMember);
      made.detail = wordMeaning(name, value);
      return made;
    }),
    ...[...new Set(users)].map((user) => item(user, User)),
    ...groups.map((group) => item(group, Class)),
  ];
}

/** The type of a member, and whether the call needs it. */
function typeText(written: string): string {
  const { type, needed } = fieldOf(written as FieldType);
  return needed ? type : vscode.l10n.t('{0}, may be absent', type);
}
