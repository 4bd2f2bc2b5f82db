import { findNodeAtOffset, getNodePath, type JSONPath } from 'jsonc-parser';
import { l10n } from 'vscode';
import { MEMBERS, parseMessage, type Member } from '../message/document';
import { isStrict, parseJson } from '../json/tree';
import type { TextEdit, TextRange } from '../json/text';
import {
  composeProjections,
  editMany,
  followLiteral,
  lineProjection,
  literalAt,
  openString,
  rangeInProjection,
  sliceProjection,
  type EmbeddedText,
  type Projection,
} from '../json/projections';
import { SliceTracker } from '../message/sliceTracker';
import { difference, type TextChange } from '../json/textChange';
import type { PaneId, PaneKind } from '../protocol';
import { ShownLayouts } from './layouts';
import type { DocumentPane, DocumentPanes, Typed } from './panes';

/** Deeper than any message goes; a string that holds itself over and over ends here. */
const DEEPEST = 12;

interface Opened {
  readonly id: PaneId;
  readonly parent: PaneId;
  /** The literal in the parent's text. */
  range: TextRange;
}

/** Opens a literal of a text for a pane, in the layout that the pane has for it. */
type Open = (pane: PaneId, text: string, range: TextRange) => EmbeddedText | undefined;

/** The panes of a message document: its two members, or all of it when they cannot be told apart, and opened strings. */
export class MessagePanes implements DocumentPanes {
  private tracker: SliceTracker;
  private opened: Opened[] = [];
  private count = 0;
  private current: Pane[] = [];
  private readonly layouts = new ShownLayouts();

  constructor(text: string) {
    this.tracker = SliceTracker.of(text);
    this.build();
  }

  panes(): readonly DocumentPane[] {
    return this.current;
  }

  update(text: string, edits: readonly TextEdit[], typed?: Typed): void {
    if (text !== this.tracker.text) this.tracker = this.tracker.apply(edits, text);
    this.build(typed);
  }

  open(pane: PaneId, offset: number): boolean {
    const parent = this.current.find((each) => each.id === pane);
    const range = parent && literalAt(parent.text, offset);
    if (!parent || !range || this.depth(pane) >= DEEPEST) return false;
    if (this.opened.some((each) => each.parent === pane && each.range.offset === range.offset)) return true;
    this.opened.push({ id: `${pane}#${++this.count}`, parent: pane, range });
    this.build();
    return true;
  }

  close(pane: PaneId): void {
    const isClosed = ({ id }: Opened): boolean => id === pane || id.startsWith(`${pane}#`);
    for (const { id } of this.opened.filter(isClosed)) this.layouts.forget(id);
    this.opened = this.opened.filter((each) => !isClosed(each));
    this.build();
  }

  private depth(pane: PaneId): number {
    return pane.split('#').length;
  }

  private build(typed?: Typed): void {
    const before = new Map(this.current.map((pane) => [pane.id, pane.text]));
    const open = (id: PaneId, text: string, range: TextRange): EmbeddedText | undefined => {
      const literal = text.slice(range.offset, range.offset + range.length);
      const known = this.layouts.get(id, literal) ?? before.get(id);
      const opened = openString(text, range, typed?.pane === id ? typed.text : known);
      if (opened) this.layouts.set(id, literal, opened.view.text);
      return opened;
    };
    const panes = this.members(open);
    const still: Opened[] = [];
    for (const one of this.opened) {
      const parent = panes.find((pane) => pane.id === one.parent);
      const was = before.get(one.parent);
      if (!parent || was === undefined) continue;
      const moved = difference(was, parent.text).map(({ from, to, insert }) => ({
        offset: from,
        length: to - from,
        text: insert,
      }));
      const range = moved.length === 0 ? one.range : followLiteral(parent.text, one.range, moved);
      const embedded = range && open(one.id, parent.text, range);
      if (!range || !embedded) continue;
      one.range = range;
      still.push(one);
      const path = pathAt(parent.text, range.offset);
      const name = `${parent.title}${nameOf(path)}`;
      panes.push(
        new Pane(
          one.id,
          name,
          kindOf(embedded.view.text),
          `${parent.path}/${path.map((step) => encodeURIComponent(step)).join('/')}`,
          composeProjections(parent.view, embedded.view),
          { embedded: true, parent: one.parent, at: range.offset },
        ),
      );
    }
    this.opened = still;
    this.current = panes;
  }

  private members(open: Open): Pane[] {
    const { text, slices, mode } = this.tracker;
    if (mode === 'whole')
      return [new Pane('MsgBody', l10n.t('Whole document'), 'json', '', lineProjection(text))];
    return MEMBERS.map((member) => {
      const slice = slices[member];
      if (!slice) return new Absent(member, lineProjection(''), text);
      return memberPane(member, text, slice, open);
    });
  }
}

interface Embedding {
  readonly embedded?: boolean;
  readonly parent?: PaneId;
  readonly at?: number;
}

class Pane implements DocumentPane {
  readonly embedded: boolean;
  readonly parent?: PaneId;
  readonly at?: number;

  constructor(
    readonly id: PaneId,
    readonly title: string,
    readonly kind: PaneKind,
    readonly path: string,
    readonly view: Projection,
    embedding: Embedding = {},
  ) {
    this.embedded = embedding.embedded ?? false;
    if (embedding.parent !== undefined) this.parent = embedding.parent;
    if (embedding.at !== undefined) this.at = embedding.at;
  }

  get text(): string {
    return this.view.text;
  }

  toDocument(from: number, to: number): { offset: number; length: number } {
    return this.view.toDocument(from, to);
  }

  fromDocument(offset: number, length: number): { from: number; to: number } | undefined {
    return rangeInProjection(this.view, { offset, length });
  }

  edit(changes: readonly TextChange[]): TextEdit[] {
    return editMany(this.view, changes);
  }

  create(): TextEdit[] {
    return [];
  }
}

/** A member that the document does not have. */
class Absent extends Pane {
  constructor(
    private readonly member: Member,
    view: Projection,
    private readonly document: string,
  ) {
    super(member, member, 'absent', member, view);
  }

  override fromDocument(): undefined {
    return undefined;
  }

  override edit(): TextEdit[] {
    return [];
  }

  override create(): TextEdit[] {
    const { root, syntaxErrors } = parseMessage(this.document);
    if (root?.type !== 'object' || !isStrict(syntaxErrors)) return [];
    const members = root.children ?? [];
    const [first] = members;
    const last = members.at(-1);
    if (this.member === 'MsgBody') {
      const text = `\n  "MsgBody": []${first ? ',' : '\n'}`;
      return [{ offset: root.offset + 1, length: 0, text }];
    }
    const text = `${last ? ',' : ''}\n  "CloudCustomData": ""${last ? '' : '\n'}`;
    return [{ offset: last ? last.offset + last.length : root.offset + 1, length: 0, text }];
  }
}

/** `MsgBody` as it stands; `CloudCustomData` as the content of its string, unless it is none. */
function memberPane(member: Member, text: string, slice: TextRange, open: Open): Pane {
  const view = sliceProjection(text, slice);
  if (member === 'MsgBody') return new Pane(member, member, 'json', member, view);
  const embedded = open(member, text, withoutBlanks(text, slice));
  if (!embedded) return new Pane(member, member, 'json', member, view);
  return new Pane(member, member, kindOf(embedded.view.text), member, embedded.view, { embedded: true });
}

/** JSON also while it is half typed: what begins like an object or array is treated as one. */
function kindOf(text: string): PaneKind {
  return /^\s*[[{]/.test(text) ? 'json' : 'text';
}

function withoutBlanks(text: string, { offset, length }: TextRange): TextRange {
  const inside = text.slice(offset, offset + length);
  const start = inside.length - inside.trimStart().length;
  return { offset: offset + start, length: inside.trim().length };
}

/** The JSON path of what stands at an offset. */
function pathAt(text: string, offset: number): JSONPath {
  const { root } = parseJson(text);
  const node = root && findNodeAtOffset(root, offset);
  return node ? getNodePath(node) : [offset];
}

/** A path as people write it behind a name: `[0].MsgContent.Data`. */
function nameOf(path: JSONPath): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
}
