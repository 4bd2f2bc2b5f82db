import { createHash } from 'node:crypto';
import type { Node } from 'jsonc-parser';
import { isLoopback } from '../../chat/regions';
import { memberNode, nodeText, parseJson } from '../../json/tree';
import type { TextRange } from '../../json/text';
import { valueOfJson } from '../../json/values';
import { readWanted } from '../../lists/wanted';
import { answerRule, ownCodes } from '../../webhooks/commands/answers';
import { MOST_DELAY_MS, type Rule, type RuleAnswer, type RuleMatch } from './rule';

/** What is wrong in a document of rules. */
export type RuleProblemId =
  | 'notJson'
  | 'notRules'
  | 'unknownMember'
  | 'notText'
  | 'notTexts'
  | 'badExpression'
  | 'noAnswer'
  | 'unknownAnswer'
  | 'codeOutOfRange'
  | 'nothingReplaced'
  | 'notElements'
  | 'notStatus'
  | 'notAddress'
  | 'notDelay';

/** One problem, at its place. */
export interface RuleProblem extends TextRange {
  readonly id: RuleProblemId;
  /** The name or text in question. */
  readonly detail: string;
}

/** The rules of a document; none of them counts when there are problems. */
export interface RuleDocument {
  readonly rules: readonly Rule[];
  readonly problems: readonly RuleProblem[];
}

/** Members of a rule and of what it is for, in the order in which a person reads them. */
const RULE_MEMBERS = ['name', 'off', 'when', 'answer'];
const MATCH_MEMBERS = ['command', 'from', 'to', 'group', 'text'];
const ANSWER_MEMBERS: Readonly<Record<RuleAnswer['do'], readonly string[]>> = {
  allow: [],
  forbid: ['code', 'info'],
  replace: ['MsgBody', 'CloudCustomData'],
  drop: [],
  none: [],
  broken: ['text'],
  status: ['status', 'text'],
  custom: ['text'],
  forward: ['to'],
};

/** Names of the answers that a rule can give. */
const answerNames = Object.keys(ANSWER_MEMBERS) as readonly RuleAnswer['do'][];

/** Reads a document of rules: `{"rules": [{"name", "off", "when": {…}, "answer": {"do": …}}]}`. */
export function readRules(text: string): RuleDocument {
  const { root, errors } = parseJson(text);
  const [first] = errors;
  if (!root || first) {
    const { offset = 0, length = 1, kind = '' } = first ?? {};
    return { rules: [], problems: [{ id: 'notJson', offset, length, detail: kind }] };
  }
  return new Reader(text).document(root);
}

/** Hosts outside this machine that rules send webhooks on to. */
export function foreignHosts(rules: readonly Rule[]): string[] {
  const hosts = rules.flatMap(({ answer }) => (answer.do === 'forward' ? [new URL(answer.to)] : []));
  return [...new Set(hosts.filter(({ hostname }) => !isLoopback(hostname)).map(({ host }) => host))];
}

class Reader {
  private readonly problems: RuleProblem[] = [];

  constructor(private readonly text: string) {}

  document(root: Node): RuleDocument {
    const list = memberNode(root, 'rules');
    if (list?.type !== 'array') {
      this.wrong('notRules', list ?? root);
      return { rules: [], problems: this.problems };
    }
    this.members(root, ['$schema', 'rules']);
    const rules = (list.children ?? []).flatMap((node, index) => this.rule(node, index) ?? []);
    return { rules: this.problems.length > 0 ? [] : rules, problems: this.problems };
  }

  private rule(node: Node, index: number): Rule | undefined {
    if (node.type !== 'object') {
      this.wrong('notRules', node);
      return undefined;
    }
    this.members(node, RULE_MEMBERS);
    const name = this.string(memberNode(node, 'name')) ?? `rule ${index + 1}`;
    const match = this.match(memberNode(node, 'when'));
    const said = memberNode(node, 'answer');
    if (said?.type !== 'object') {
      this.wrong('noAnswer', said ?? node);
      return undefined;
    }
    const answer = this.answer(said, match);
    const delayMs = this.delay(memberNode(said, 'delayMs'));
    if (!answer || memberNode(node, 'off')?.value === true) return undefined;
    // The values, so that other white space makes no other rule.
    const does = JSON.stringify([match, valueOfJson(nodeText(this.text, said))]);
    const key = createHash('sha256').update(does).digest('hex').slice(0, 16);
    return { name, key, offset: node.offset, match, answer, delayMs };
  }

  private match(node: Node | undefined): RuleMatch {
    if (!node) return {};
    if (node.type !== 'object') {
      this.wrong('notRules', node);
      return {};
    }
    this.members(node, MATCH_MEMBERS);
    const lists = (['command', 'from', 'to', 'group'] as const).map((name) => ({
      name,
      values: this.strings(memberNode(node, name)),
    }));
    const text = memberNode(node, 'text');
    const wanted = this.string(text);
    if (text && wanted !== undefined) this.expression(text, wanted);
    return {
      ...Object.fromEntries(lists.flatMap(({ name, values }) => (values ? [[name, values] as const] : []))),
      ...(wanted !== undefined && { text: wanted }),
    };
  }

  private expression(node: Node, wanted: string): void {
    try {
      readWanted(wanted);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.wrong('badExpression', node, error.message);
    }
  }

  private answer(node: Node, match: RuleMatch): RuleAnswer | undefined {
    const kind = memberNode(node, 'do');
    const name: unknown = kind?.value;
    const known = answerNames.find((one) => one === name);
    if (known === undefined) {
      this.wrong('unknownAnswer', kind ?? node, typeof name === 'string' ? name : '');
      return undefined;
    }
    this.members(node, ['do', 'delayMs', ...ANSWER_MEMBERS[known]]);
    const text = this.string(memberNode(node, 'text'));
    switch (known) {
      case 'forbid':
        return this.forbid(node, match);
      case 'replace':
        return this.replace(node);
      case 'broken':
        return { do: known, ...(text !== undefined && { text }) };
      case 'status':
        return this.status(node, text);
      case 'custom':
        if (text === undefined) this.wrong('notText', node, 'text');
        return { do: known, text: text ?? '' };
      case 'forward':
        return this.forward(node);
      default:
        return { do: known };
    }
  }

  private forbid(node: Node, { command }: RuleMatch): RuleAnswer {
    const given = memberNode(node, 'code');
    const code = given && this.code(given, command);
    const info = this.string(memberNode(node, 'info'));
    return { do: 'forbid', ...(code !== undefined && { code }), ...(info !== undefined && { info }) };
  }

  /** A code that the app may choose for the webhooks of the rule; of any, when it names none that is known. */
  private code(node: Node, commands: readonly string[] = []): number | undefined {
    const code: unknown = node.value;
    const named = commands.flatMap((command) => answerRule(command)?.custom ?? []);
    const ranges = named.length > 0 ? named : Object.values(ownCodes);
    if (
      typeof code === 'number' &&
      Number.isSafeInteger(code) &&
      ranges.some(({ first, last }) => code >= first && code <= last)
    )
      return code;
    this.wrong('codeOutOfRange', node, nodeText(this.text, node));
    return undefined;
  }

  private replace(node: Node): RuleAnswer {
    const body = memberNode(node, 'MsgBody');
    const cloud = memberNode(node, 'CloudCustomData');
    if (!body && !cloud) this.wrong('nothingReplaced', node);
    if (body && body.type !== 'array') this.wrong('notElements', body);
    if (cloud) this.string(cloud);
    return {
      do: 'replace',
      ...(body && { msgBody: nodeText(this.text, body) }),
      ...(cloud && { cloudCustomData: nodeText(this.text, cloud) }),
    };
  }

  private status(node: Node, text: string | undefined): RuleAnswer {
    const given = memberNode(node, 'status');
    const status: unknown = given?.value;
    // Below 200 stand those that are no answer yet.
    const fits = Number.isSafeInteger(status) && (status as number) >= 200 && (status as number) <= 599;
    if (!fits) this.wrong('notStatus', given ?? node, given ? nodeText(this.text, given) : '');
    return { do: 'status', status: fits ? (status as number) : 500, ...(text !== undefined && { text }) };
  }

  private forward(node: Node): RuleAnswer | undefined {
    const given = memberNode(node, 'to');
    const to = this.string(given);
    if (to !== undefined && isHttpAddress(to)) return { do: 'forward', to };
    this.wrong('notAddress', given ?? node, to ?? '');
    return undefined;
  }

  private delay(node: Node | undefined): number {
    if (!node) return 0;
    const ms: unknown = node.value;
    if (typeof ms === 'number' && ms >= 0 && ms <= MOST_DELAY_MS) return ms;
    this.wrong('notDelay', node, nodeText(this.text, node));
    return 0;
  }

  private strings(node: Node | undefined): readonly string[] | undefined {
    if (!node) return undefined;
    const nodes = node.type === 'array' ? (node.children ?? []) : [node];
    const values = nodes.map((one): unknown => one.value);
    if (values.every((value) => typeof value === 'string')) return values;
    this.wrong('notTexts', node);
    return undefined;
  }

  private string(node: Node | undefined): string | undefined {
    const value: unknown = node?.value;
    if (typeof value === 'string') return value;
    if (node) this.wrong('notText', node);
    return undefined;
  }

  private members(node: Node, known: readonly string[]): void {
    for (const property of node.children ?? []) {
      const [key] = property.children ?? [];
      const name = String(key?.value);
      if (key && !known.includes(name)) this.wrong('unknownMember', key, name);
    }
  }

  private wrong(id: RuleProblemId, { offset, length }: Node, detail = ''): void {
    this.problems.push({ id, offset, length, detail });
  }
}

/** Whether a webhook can be sent there. */
export function isHttpAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && new URL(text).username === '';
}
