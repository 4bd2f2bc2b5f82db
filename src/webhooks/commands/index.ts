import { answerRule } from './answers';
import { sampleBody, type WebhookName } from './samples';
import { webhookWords } from './words';

/** A command of the service's list of webhooks (trtc.io/document/34355 and what came since), in words. */
export interface WebhookCommand {
  /** `CallbackCommand`. */
  readonly name: string;
  /** What it tells or asks, for a person. */
  readonly title: readonly [english: string, chinese: string];
  /** Whether the service waits for the answer. */
  readonly when: 'before' | 'after';
  /** Id of a codicon. */
  readonly icon: string;
  /** Address of its page. */
  readonly doc: string;
  /** A body to begin with, `CallbackCommand` first. */
  readonly sample: Readonly<Record<string, unknown>>;
}

/** The first that fits a part of the name. */
const ICONS: readonly (readonly [part: RegExp, icon: string])[] = [
  [/^Alert|Alarm|Exception|Full/, 'warning'],
  [/^(Bot|Chatbot)\./, 'hubot'],
  [/SendMsg$/, 'comment'],
  [/ModifyMsg$/, 'edit'],
  [/WithDraw|Recall/, 'discard'],
  [/Read|MsgReport/, 'eye'],
  [/Extension|Attr/, 'tag'],
  [/^State|MemberState/, 'broadcast'],
  [/^(Profile|Sns|Follow)\./, 'account'],
  [/./, 'organization'],
];

/** Every command of the list. */
export const webhookCommands: readonly WebhookCommand[] = (Object.keys(webhookWords) as WebhookName[]).map(
  describe,
);

/** A command in words; undefined for one that the list does not name. */
export function findWebhookCommand(name: string): WebhookCommand | undefined {
  return webhookCommands.find((command) => command.name === name);
}

function describe(name: WebhookName): WebhookCommand {
  const [en, zh, page] = webhookWords[name];
  return {
    name,
    title: [en, zh],
    when: answerRule(name) ? 'before' : 'after',
    icon: iconOf(name),
    doc: page.includes('/')
      ? `https://cloud.tencent.com/document/product/${page}`
      : `https://trtc.io/document/${page}`,
    sample: { ...sampleBody(name) },
  };
}

function iconOf(name: string): string {
  return ICONS.find(([part]) => part.test(name))?.[1] ?? 'bell';
}
