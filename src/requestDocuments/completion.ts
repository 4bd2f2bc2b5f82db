import * as vscode from 'vscode';
import { callGuides, type CallGuide } from '../chat/calls/guide';
import { fieldOf, type FieldType } from '../chat/calls/specs';
import type { ChatMessage } from '../chat/chatMessage';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { JsonFeatures } from '../editor/jsonFeatures';
import { prettyPrint } from '../json/layout';
import { nodeAtPath, parseJson } from '../json/tree';
import { directiveOf, linesOf, requestLineOf, blockAt, type Block } from '../requests/document';
import { limitsOf, memberAt, membersAt } from '../requests/members';
import { CONNECTION_NAMES, SYSTEM_NAMES } from '../requests/variables';
import { wordsLanguage } from '../ui/language';
import { plainText, textLimits } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { knownKeys } from './knownKeys';
import { bodyPlaceAt, describedOf, onlyBody, type BodyPlace } from './places';
import { connectionNameOf, requestsOf } from './parsed';

/** Members of a message, which VS Code's own JSON features know from the schema of messages. */
const OF_MESSAGES = ['MsgBody', 'CloudCustomData'];

/** Names of members whose values are accounts. */
const ACCOUNT = /(?:_Account|^UserID|^Identifier)$/;

/** The beginning of a request line, up to where the call is named. */
const LINE_START = /^\s*(?:POST\s+)?(?:\{\{[^{}]*\}\}\/?|https?:\S*)?/i;

/** Names of members whose values name a message. */
const KEY = /^(?:Last)?MsgKey$|^MsgSeq$/;

/** What completion works with. */
export interface CompletionServices {
  readonly connections: Connections;
  readonly json: () => Promise<JsonFeatures>;
  /** The messages of a connection that were read, in whatever order. */
  readonly messages: (connectionId: string) => readonly ChatMessage[];
}

/** Completion in request documents: calls by name and purpose, members, accounts, values, connections. */
export class RequestCompletion implements vscode.CompletionItemProvider {
  constructor(private readonly services: CompletionServices) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token?: vscode.CancellationToken,
    context?: vscode.CompletionContext,
  ): Promise<vscode.CompletionItem[] | vscode.CompletionList | undefined> {
    const before = document.lineAt(position).text.slice(0, position.character);
    if (/\{\{[^{}]*$/.test(before)) return this.values(document, position, before);
    const place = bodyPlaceAt(document, position);
    if (place) return this.inBody(document, position, place, context?.triggerCharacter);
    if (/^\s*(?:#|\/\/)/.test(before)) return this.directives(position, before);
    const block = blockAt(requestsOf(document), document.offsetAt(position));
    const line = block && requestLineOf(block);
    const onIt = line === undefined || document.positionAt(line.offset).line === position.line;
    return onIt ? this.calls(document, position, before, block) : undefined;
  }

  private calls(
    document: vscode.TextDocument,
    position: vscode.Position,
    before: string,
    block: Block | undefined,
  ): vscode.CompletionItem[] {
    const afterV4 = /\/v4\/([\w/]*)$/.exec(before);
    const end = document.lineAt(position).range.end;
    const rest =
      /^\w*(?:\/\w*)?/.exec(document.lineAt(position).text.slice(position.character))?.[0].length ?? 0;
    const start = afterV4
      ? position.translate(0, -(afterV4[1]?.length ?? 0))
      : position.with({ character: 0 });
    const range = new vscode.Range(start, afterV4 ? position.translate(0, rest) : end);
    // What of a whole line stands there already says nothing about which call is meant; the words behind it do.
    const typed = LINE_START.exec(before)?.[0] ?? '';
    return callGuides.map((guide) => {
      const item = callItem(guide);
      item.range = range;
      const whole = `POST {{endpoint}}/v4/${guide.spec.name}`;
      const text = new vscode.SnippetString().appendText(afterV4 ? guide.spec.name : whole);
      if (!block?.body) {
        if (!afterV4) text.appendText('\nContent-Type: application/json');
        text.appendText(`\n\n${prettyPrint(JSON.stringify(guide.sample))}\n`);
      }
      item.insertText = text;
      if (!afterV4) item.filterText = `${typed}${item.filterText ?? ''}`;
      return item;
    });
  }

  private directives(position: vscode.Position, before: string): vscode.CompletionItem[] {
    const value = /@connection\s+(.*)$/.exec(before);
    if (value) {
      const start = position.translate(0, -(value[1]?.length ?? 0));
      return this.services.connections.list().map(({ name, sdkAppId }) => {
        const item = new vscode.CompletionItem(
          plainText(name, textLimits.line),
          vscode.CompletionItemKind.Constant,
        );
        item.detail = String(sdkAppId);
        item.insertText = name;
        item.range = new vscode.Range(start, position);
        return item;
      });
    }
    const name = /@(\w*)$/.exec(before);
    if (!name) return [];
    const range = new vscode.Range(position.translate(0, -(name[1]?.length ?? 0)), position);
    return ['name', 'connection', 'expect'].map((one) => {
      const item = new vscode.CompletionItem(one, vscode.CompletionItemKind.Keyword);
      item.insertText = one === 'expect' ? 'expect ErrorCode 0' : `${one} `;
      item.range = range;
      return item;
    });
  }

  private values(
    document: vscode.TextDocument,
    position: vscode.Position,
    before: string,
  ): vscode.CompletionItem[] {
    const typed = /\{\{([^{}]*)$/.exec(before)?.[1] ?? '';
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    const { blocks } = requestsOf(document);
    const named = blocks.flatMap((block) => directiveOf(block, 'name')?.text ?? []);
    const names = [
      ...linesOf(blocks, 'variable').map(({ name }) => name.text),
      ...CONNECTION_NAMES,
      ...named.map((name) => `${name}.response.body.$.`),
      ...SYSTEM_NAMES.map((name) => (name === '$randomInt' ? '$randomInt 1 4294967295' : name)),
    ];
    return [...new Set(names)].map((name) => {
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Variable);
      item.range = range;
      return item;
    });
  }

  private async inBody(
    document: vscode.TextDocument,
    position: vscode.Position,
    place: BodyPlace,
    trigger: string | undefined,
  ): Promise<vscode.CompletionItem[] | vscode.CompletionList | undefined> {
    const { location } = place;
    const [member] = location.path;
    const known = this.members(document, position, place) ?? this.listed(document, position, place);
    if (known) return known;
    if (OF_MESSAGES.includes(String(member))) {
      const json = await this.services.json();
      return json.complete(document.uri, onlyBody(document, place), position, trigger);
    }
    const name = [...location.path].reverse().find((step) => typeof step === 'string');
    if (KEY.test(String(name)) && typeof location.path.at(-1) === 'string') {
      const object = nodeAtPath(parseJson(place.masked).root, location.path.slice(0, -1));
      const messages = this.known(document, place).flatMap(({ id }) => this.services.messages(id));
      return knownKeys(String(name), object, messages).map((item) => {
        item.range = tokenRange(document, position, place);
        return item;
      });
    }
    return ACCOUNT.test(String(name)) ? this.accounts(document, position, place) : undefined;
  }

  /** The members that a call has here; undefined where no name of one stands, or none is described. */
  private members(
    document: vscode.TextDocument,
    position: vscode.Position,
    place: BodyPlace,
  ): vscode.CompletionItem[] | undefined {
    const { path, isAtPropertyKey } = place.location;
    if (!isAtPropertyKey) return undefined;
    const parent = path.slice(0, -1);
    const members = membersAt(describedOf(place), parent);
    if (members.length === 0 && parent.length > 0) return undefined;
    const object = nodeAtPath(parseJson(place.masked).root, parent);
    const present = new Set((object?.children ?? []).map(({ children }) => String(children?.[0]?.value)));
    return members.flatMap(([name, written]) => {
      if (present.has(name)) return [];
      const { type, needed } = fieldOf(written);
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
      item.detail = typeText(written);
      item.sortText = `${needed ? 0 : 1}${name}`;
      item.filterText = `"${name}"`;
      item.range = tokenRange(document, position, place);
      item.insertText = new vscode.SnippetString(`"${name}": ${VALUES[type]}`);
      return item;
    });
  }

  /** The values that a member may have; undefined where they are not numbered. */
  private listed(
    document: vscode.TextDocument,
    position: vscode.Position,
    place: BodyPlace,
  ): vscode.CompletionItem[] | undefined {
    const written = memberAt(describedOf(place), place.location.path);
    const { values } = written === undefined ? {} : fieldOf(written);
    return values?.map((value) => {
      const item = new vscode.CompletionItem(value, vscode.CompletionItemKind.EnumMember);
      item.range = tokenRange(document, position, place);
      return item;
    });
  }

  /** The connections that a block may go through. */
  private known(document: vscode.TextDocument, { block }: BodyPlace): Connection[] {
    const named = connectionNameOf(requestsOf(document), block);
    return this.services.connections.list().filter(({ name }) => named === undefined || name === named);
  }

  private accounts(
    document: vscode.TextDocument,
    position: vscode.Position,
    place: BodyPlace,
  ): vscode.CompletionItem[] {
    const users = new Set(this.known(document, place).flatMap(({ users, met }) => [...users, ...met]));
    return [...users].map((user) => {
      const item = new vscode.CompletionItem(
        plainText(user, textLimits.line),
        vscode.CompletionItemKind.User,
      );
      item.insertText = JSON.stringify(user);
      item.filterText = JSON.stringify(user);
      item.range = tokenRange(document, position, place);
      return item;
    });
  }
}

const VALUES = {
  String: '"$0"',
  Integer: '$0',
  Array: '[$0]',
  Object: '{$0}',
} as const;

/** The type of a member, whether the call needs it, and what its value may be. */
export function typeText(written: FieldType): string {
  const { type, needed } = fieldOf(written);
  const limits = limitsOf(written);
  const text = needed ? type : vscode.l10n.t('{0}, may be absent', type);
  return limits === undefined ? text : `${text} · ${limits}`;
}

function callItem({ spec, purpose, alias }: CallGuide): vscode.CompletionItem {
  const item = new vscode.CompletionItem(
    { label: spec.name, description: purpose[wordsLanguage()] },
    vscode.CompletionItemKind.Method,
  );
  item.filterText = `${spec.name} ${spec.name.replace(/^.*\//, '')} ${purpose.en} ${purpose.zh} ${alias}`;
  item.sortText = spec.name;
  return item;
}

/** What stands at the place, to be replaced: a string with its quotes, or nothing. */
function tokenRange(
  document: vscode.TextDocument,
  position: vscode.Position,
  { body, location }: BodyPlace,
): vscode.Range {
  const node = location.previousNode;
  const offset = document.offsetAt(position) - body.offset;
  if (node?.type !== 'string' || offset < node.offset || offset > node.offset + node.length) {
    return new vscode.Range(position, position);
  }
  return rangeIn(document, { offset: body.offset + node.offset, length: node.length });
}
