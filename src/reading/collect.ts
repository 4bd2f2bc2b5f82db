import type { Node } from 'jsonc-parser';
import type { FoundJson } from '../json/find';
import type { MessageContent } from '../chat/chatMessage';
import { isNotation, keepsAll } from '../json/loose';
import type { Layer } from '../json/layer';
import type { TextRange } from '../json/text';
import { without } from '../json/values';
import { memberNode, parseJson } from '../json/tree';
import { looksLikeElement, meantMember, sdkMessage } from '../message/checks/otherNames';
import { stringProjection } from '../json/projections';
import { contentProblems, type Content } from './content';
import type { ReadMessage, Told } from './readMessage';
import { notationOf, slipsOf } from './notation';
import { statedContent } from './statedContent';
import { rowOf } from './row';
import { factsOf, type ObjectFacts } from './told';

/** Looks through a string for messages; what is around it tells what they lack. */
export type ReadString = (layer: Layer, around: Around, wrappings: readonly string[]) => ReadMessage[];

/** What the objects around a value tell. */
export type Around = Told & { readonly chat?: 'c2c' | 'group' };

/** How the JSON stands in the text. */
export interface Setting {
  /** The whole text is one document: what is no JSON in it is wrong, not another notation. */
  readonly document: boolean;
  /** What the messages say is wanted too. */
  readonly contents: boolean;
  readonly outer: readonly string[];
}

/** The messages of one JSON value, in its order. */
export function collect(
  found: FoundJson,
  around: Around,
  setting: Setting,
  readString: ReadString,
): ReadMessage[] {
  const { root, errors } = parseJson(found.json.text);
  if (root === undefined || errors.length > 0) return [];
  const messages = new Collector(found, setting, readString).within(root, around);
  return withSlips(messages, found, setting);
}

class Collector {
  private readonly notation: string;

  constructor(
    private readonly found: FoundJson,
    private readonly setting: Setting,
    private readonly readString: ReadString,
  ) {
    this.notation = notationOf(setting.outer, found);
    this.wrappings = [...setting.outer, ...found.wrappings];
  }

  private readonly wrappings: readonly string[];

  within(node: Node, around: Around): ReadMessage[] {
    if (node.type === 'string') return this.inString(node, around);
    if (node.type === 'array') {
      const items = node.children ?? [];
      if (items.some((item) => isElement(item) && !hasAddress(this.text, item))) {
        return [this.message(node, around, { kind: 'body', node }, false)];
      }
      return items.flatMap((item) => this.within(item, around));
    }
    return node.type === 'object' ? this.object(node, around) : [];
  }

  private get text(): string {
    return this.found.json.text;
  }

  private object(node: Node, around: Around): ReadMessage[] {
    const facts = factsOf(this.text, node);
    const told = joined(facts, around);
    const content = contentOf(node, facts);
    if (content !== undefined) return [this.message(node, told, content, facts.foreign)];
    const inside = (node.children ?? []).flatMap((property) => {
      const value = property.children?.[1];
      return value ? this.within(value, told) : [];
    });
    const own =
      facts.told.key ?? (told.chat === 'group' && told.group !== undefined ? facts.told.seq : undefined);
    const sdk = facts.told.sdkId !== undefined && facts.told.from !== undefined;
    if (own === undefined && !sdk) return inside;
    // Its content stands deeper, and has its key from here.
    if (inside.some((one) => one.body && one.key === told.key && one.seq === told.seq)) return inside;
    return [this.message(node, told, undefined, facts.foreign), ...inside];
  }

  private inString(node: Node, around: Around): ReadMessage[] {
    const view = stringProjection(this.text, { offset: node.offset, length: node.length });
    if (view === undefined) return [];
    const { json } = this.found;
    const layer: Layer = {
      text: view.text,
      toOriginal: ({ offset, length }) => json.toOriginal(view.toDocument(offset, offset + length)),
    };
    return this.readString(layer, around, this.wrappings);
  }

  private message(node: Node, told: Around, content: Content | undefined, foreign: boolean): ReadMessage {
    const { json, unknown } = this.found;
    const range = json.toOriginal({ offset: node.offset, length: node.length });
    const { chat, ...identity } = told;
    const system = content !== undefined && isOfSystem(node, told);
    const hidden = content !== undefined && isUnknown(json.toOriginal(content.node), unknown);
    const looked = content !== undefined && !hidden;
    const problems = looked && !system ? contentProblems(this.text, content, foreign) : [];
    // What is read, and what rows of servers hold, has other members than what is sent.
    const isRequest =
      !foreign &&
      // A variable may stand where a member seems to be missing.
      !unknown.some((one) => one.offset >= range.offset && one.offset < range.offset + range.length) &&
      chat !== 'group' &&
      !node.children?.some(({ children }) =>
        /^(?:MsgTime|MsgTimestamp|MsgFlagBits)$/.test(String(children?.[0]?.value)),
      );
    const cut = this.found.repairs.some(({ kind }) => kind === 'cut');
    const said = this.setting.contents && looked && !system ? this.saidBy(content) : undefined;
    return {
      chat: chat ?? (identity.to !== undefined || identity.key !== undefined ? 'c2c' : null),
      ...identity,
      body: looked,
      notation: this.notation,
      range,
      problems: problems
        .filter(({ id }) => isRequest || !id.startsWith('requestMember'))
        .filter(({ id }) => !cut || !/Missing$|Empty$|^noMembers$|^oldSdkMedia$/.test(id))
        .map((problem) => ({ ...problem, range: json.toOriginal(problem.range) }))
        .filter(({ range: place }) => !isUnknown(place, unknown)),
      ...(said && { content: said }),
    };
  }

  /** What a message says, where no part of it is missing in the text or was left out in reading. */
  private saidBy(content: Content): MessageContent | undefined {
    const { json, repairs, unknown } = this.found;
    const places = partsOf(content).map((part) => json.toOriginal(part));
    const isIn = ({ offset, length }: TextRange): boolean =>
      places.some((place) => offset <= place.offset + place.length && offset + length >= place.offset);
    const missing = repairs.filter(({ kind }) => !keepsAll(kind));
    return [...unknown, ...missing].some(isIn) ? undefined : statedContent(this.text, content);
  }
}

/** What an object tells, and of the rest what those around it tell. */
function joined({ told, chat }: ObjectFacts, around: Around): Around {
  const kind = chat ?? around.chat;
  const { key, keyMade, ...rest } = around;
  const outerKey = told.seq === undefined && key !== undefined ? { key, ...(keyMade && { keyMade }) } : {};
  const both = { ...rest, ...outerKey, ...told };
  const group = kind === 'group' || both.group !== undefined;
  // A group's message has no key, and no receiver but the group.
  if (group) return { ...without(both, 'key', 'keyMade', 'to'), chat: 'group' };
  return { ...without(both, 'chat'), ...(kind && { chat: kind }) };
}

function contentOf(node: Node, { body, told }: ObjectFacts): Content | undefined {
  const value = body?.children?.[1];
  if (rowOf(node) !== undefined) return { kind: 'row', node };
  if (sdkMessage(node) !== undefined) return { kind: 'sdk', node };
  if (body !== undefined && value !== undefined) {
    const name = String(body.children?.[0]?.value);
    if (name === 'MsgBody' || (meantMember(name) === 'MsgBody' && value.type === 'array')) {
      return { kind: 'document', node };
    }
    if (value.type === 'array' || value.type === 'object') return { kind: 'member', node: value, name };
  }
  if (isElement(node)) return (told.from ?? told.key) ? { kind: 'sdk', node } : { kind: 'body', node };
  const custom = memberNode(node, 'CloudCustomData');
  return custom !== undefined && (told.key !== undefined || onlyMember(node))
    ? { kind: 'document', node }
    : undefined;
}

/** What of a value is the message; the rest stands around it. */
function partsOf({ kind, node }: Content): readonly Node[] {
  if (kind !== 'document' && kind !== 'row') return [node];
  return (node.children ?? []).filter(
    ({ children }) => meantMember(String(children?.[0]?.value)) !== undefined,
  );
}

function onlyMember(node: Node): boolean {
  return node.children?.length === 1;
}

function isElement(node: Node): boolean {
  if (node.type !== 'object') return false;
  if (looksLikeElement(node)) return true;
  const type = memberNode(node, 'type') ?? memberNode(node, 'msgType') ?? memberNode(node, 'msg_type');
  return (
    (type?.type === 'string' && /^TIM\w{3,20}Elem$/.test(String(type.value))) ||
    (memberNode(node, 'elem_type') !== undefined && node.children?.some(isElementField) === true)
  );
}

function isElementField(property: Node): boolean {
  return String(property.children?.[0]?.value).includes('_elem_');
}

/** An element with an address beside it is a message of its own. */
function hasAddress(text: string, node: Node): boolean {
  const { told } = factsOf(text, node);
  return told.from !== undefined || told.key !== undefined || told.group !== undefined;
}

/** What the service itself puts into a group's history: its content is an object of another kind. */
function isOfSystem(node: Node, told: Around): boolean {
  const body = memberNode(node, 'MsgBody');
  if (body === undefined || body.type === 'array') return false;
  const place: unknown = memberNode(node, 'IsPlaceMsg')?.value;
  if (typeof place === 'number' && place !== 0) return true;
  const system = memberNode(node, 'IsSystemMsg')?.value === 1 || told.from === '@TIM#SYSTEM';
  return (
    body.type === 'object' && (system || (told.chat === 'group' && memberNode(body, 'OpType') !== undefined))
  );
}

function isUnknown({ offset, length }: TextRange, unknown: readonly TextRange[]): boolean {
  return unknown.some(
    (range) => offset >= range.offset && offset + length <= range.offset + range.length && range.length > 0,
  );
}

/** Adds what was repaired to the messages that it stands in; what stands in none goes to the nearest. */
function withSlips(messages: ReadMessage[], found: FoundJson, { document }: Setting): ReadMessage[] {
  if (messages.length === 0 || found.repairs.length === 0) return messages;
  const plain = document && found.wrappings.length === 0;
  return messages.map((message, index) => {
    const mine = found.repairs.filter((repair) => ownerOf(messages, repair) === index);
    const whole = !plain && index === 0 ? found.repairs.filter(({ kind }) => isNotation(kind)) : [];
    const problems = slipsOf(mine, whole, plain, message.range);
    const all = [...problems, ...message.problems];
    return { ...message, problems: all.sort((a, b) => a.range.offset - b.range.offset) };
  });
}

function ownerOf(messages: readonly ReadMessage[], { offset, length }: TextRange): number {
  const inside = messages.findIndex(
    ({ range }) => offset >= range.offset && offset + length <= range.offset + range.length,
  );
  if (inside >= 0) return inside;
  let before = 0;
  messages.forEach(({ range }, index) => {
    if (range.offset <= offset) before = index;
  });
  return before;
}
