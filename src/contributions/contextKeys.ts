import * as vscode from 'vscode';
import { storageKeys } from './ids';
import { WALKTHROUGH, type WalkthroughStep } from './walkthrough';

/** A context key of `when` clauses, and by `T` what it holds. */
interface ContextKey<T> {
  readonly id: string;
  /** Only its type counts; no key has it. */
  readonly value?: T;
}

function contextKey<T>(id: string): ContextKey<T> {
  return { id };
}

/** Every context key that the extension sets. */
export const contextKeys = {
  /** URIs of the messages that have a draft and another content on the service than the draft was made from. */
  conflicts: contextKey<readonly string[]>('tencentChat.conflicts'),
  /** URIs of the messages that have a draft into which the service's change is being merged. */
  unmerged: contextKey<readonly string[]>('tencentChat.unmerged'),
  /** URIs of the messages that have a draft. */
  drafts: contextKey<readonly string[]>('tencentChat.drafts'),
  /** URIs of the messages in editors that may not be modified: their connection is read-only. */
  readOnly: contextKey<readonly string[]>('tencentChat.readOnly'),
  /** How things stand with the sandbox; not set before that is known. `elsewhere` is one that a setting names. */
  sandbox: contextKey<'running' | 'stopped' | 'elsewhere' | undefined>('tencentChat.sandbox'),
  /**
   * What there is none of, as words beside each other. Not set before it is known, and what is not known is not in it, so
   * that a command is hidden only when it could do nothing.
   */
  lacking: contextKey<string>('tencentChat.lacking'),
  /** How things stand with the inbox of webhooks; `filtered` when rows are left out of its view. */
  webhooks: contextKey<'stopped' | 'running' | 'elsewhere' | 'filtered'>('tencentChat.webhooksState'),
  /** The steps of the walkthrough that were done, as words beside each other. */
  walkthrough: contextKey<string>('tencentChat.walkthrough'),
  /** The History view shows one message, conversation or connection. */
  historyFiltered: contextKey<boolean>('tencentChat.historyFiltered'),
};

/** Sets a context key. */
export function setContext<T>({ id }: ContextKey<T>, value: T): Thenable<void> {
  return vscode.commands.executeCommand('setContext', id, value);
}

/**
 * Tells VS Code which steps were done, whether by the walkthrough's buttons or without them. It follows the context key
 * from the moment it first shows a walkthrough, and never marks what the key said before that; so each step is put down as
 * done once, too, which it remembers.
 */
export class WalkthroughProgress {
  private readonly done = new Set<WalkthroughStep>();

  constructor(private readonly memento: vscode.Memento) {}

  readonly did = (step: WalkthroughStep): void => {
    if (this.done.has(step)) return;
    this.done.add(step);
    void setContext(contextKeys.walkthrough, [...this.done].join(' '));
    const told = this.memento.get<readonly string[]>(storageKeys.walkthrough) ?? [];
    if (told.includes(step)) return;
    void this.memento.update(storageKeys.walkthrough, [...told, step]);
    // It says of a walkthrough that it never showed that it does not know the step, and has put it down all the same.
    void vscode.commands
      .executeCommand('welcome.markStepComplete', `${WALKTHROUGH}#${step}`)
      .then(undefined, () => undefined);
  };
}

/** What a command may need one of. */
export type Needed = 'connection' | 'app' | 'readOnly' | 'writable' | 'modification' | 'plan';

/** Keeps the context key that names what there is none of. */
export class Lacking {
  private readonly words = new Set<Needed>();

  /** Says whether there is one. */
  set(needed: Needed, isThere: boolean): void {
    if (this.words.has(needed) !== isThere) return;
    if (isThere) this.words.delete(needed);
    else this.words.add(needed);
    void setContext(contextKeys.lacking, [...this.words].join(' '));
  }
}
