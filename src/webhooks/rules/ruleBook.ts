import { isRecord, member } from '../../json/values';
import { searchedText } from '../../lists/searchText';
import { EndlessExpressionError, TextFinder } from '../../lists/textFinder';
import { readWanted } from '../../lists/wanted';
import type { EventFacts } from '../../webhooks/commands/facts';
import type { Rule } from './rule';

/** What the rules look at. */
export interface MatchedEvent {
  readonly command: string;
  readonly facts: EventFacts;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
}

/** Which rule is for a webhook. */
export interface Decision {
  readonly rule: Rule | undefined;
  /** Names of rules that were passed over, since their expression did not end. */
  readonly tooSlow: readonly string[];
}

/** Milliseconds that an expression may take: within the service's 2 s, and long for a machine that is busy with other things. */
const EXPRESSION_MS = 1000;

/** Rules in their order; the first that matches counts. Dispose it to end the workers of its expressions. */
export class RuleBook {
  private readonly finders = new Map<Rule, Finder>();

  constructor(private readonly rules: readonly Rule[]) {
    for (const rule of rules)
      if (rule.match.text !== undefined) this.finders.set(rule, new Finder(rule.match.text));
  }

  async decide(event: MatchedEvent): Promise<Decision> {
    const tooSlow: string[] = [];
    let text: string | undefined;
    for (const rule of this.rules) {
      if (!fits(rule, event)) continue;
      const finder = this.finders.get(rule);
      if (!finder) return { rule, tooSlow };
      const found = await finder.find((text ??= textOf(event)));
      if (found === 'endless') tooSlow.push(rule.name);
      else if (found) return { rule, tooSlow };
    }
    return { rule: undefined, tooSlow };
  }

  dispose(): void {
    for (const finder of this.finders.values()) finder.dispose();
  }
}

/** So many texts go to the worker at once. */
const MOST_AT_ONCE = 100;

/** A text that waits for its turn. */
interface Search {
  readonly text: string;
  readonly found: (found: boolean | 'endless') => void;
  readonly failed: (error: unknown) => void;
}

/**
 * One expression. After it did not end once, it is not tried again: each try would cost a webhook its time. What comes while
 * it is busy goes to its worker together: on a busy machine the way there and back takes longer than the search.
 */
class Finder {
  private readonly finder: TextFinder;
  private readonly waiting: Search[] = [];
  private running: Promise<void> | undefined;
  private isEndless = false;

  constructor(wanted: string) {
    this.finder = new TextFinder(readWanted(wanted), EXPRESSION_MS);
  }

  find(text: string): Promise<boolean | 'endless'> {
    return new Promise((found, failed) => {
      this.waiting.push({ text, found, failed });
      this.running ??= this.run();
    });
  }

  /** Those who wait for it get their answer first. */
  dispose(): void {
    void (this.running ?? Promise.resolve()).then(() => this.finder.dispose());
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const together = this.waiting.splice(0, MOST_AT_ONCE);
      try {
        const found = await (this.isEndless ? [] : this.search(together.map(({ text }) => text)));
        together.forEach((one, index) => one.found(found[index] ?? 'endless'));
      } catch (error) {
        for (const one of together) one.failed(error);
      }
    }
    this.running = undefined;
  }

  /** @returns less than was asked for where the search did not end: what it got through before */
  private async search(texts: readonly string[]): Promise<readonly boolean[]> {
    try {
      return await this.finder.find(texts);
    } catch (error) {
      if (!(error instanceof EndlessExpressionError)) throw error;
      if (this.isEndless) return [];
      this.isEndless = true;
      return this.search(texts.slice(0, error.index));
    }
  }
}

function fits({ match }: Rule, { command, facts }: MatchedEvent): boolean {
  const { who, whom, group } = facts;
  return (
    (match.command?.includes(command) ?? true) &&
    (match.from === undefined || (who !== undefined && match.from.includes(who))) &&
    (match.to?.some((one) => whom.includes(one)) ?? true) &&
    (match.group === undefined || (group !== undefined && match.group.includes(group)))
  );
}

function textOf({ body }: MatchedEvent): string {
  if (!isRecord(body)) return '';
  const json = (name: string): string | undefined => {
    const value = member(body, name);
    return value === undefined ? undefined : JSON.stringify(value);
  };
  const [msgBody, cloudCustomData] = [json('MsgBody'), json('CloudCustomData')];
  return searchedText({
    ...(msgBody !== undefined && { msgBody }),
    ...(cloudCustomData !== undefined && { cloudCustomData }),
  });
}
