import * as vscode from 'vscode';
import { plainText, textLimits } from './plainText';

/** One choice of a list, with what it stands for. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly icon?: string;
  /** Choices that follow each other with the same one stand under it. */
  readonly group?: string;
}

export interface InputRequest {
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** A localised complaint, or undefined when the text is fine. It must answer at once. */
  readonly validate?: (text: string) => string | undefined;
}

export interface PickRequest<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choice that stands selected at first. */
  readonly selected?: T | undefined;
  /** A choice that is made of what was typed, if that makes one; it then stands first. */
  readonly typed?: (text: string) => Choice<T> | undefined;
}

/** What a step of a {@link runSteps} asks with. Every question closes with an answer, *Back*, or a cancellation. */
interface StepInput {
  text(request: InputRequest): Promise<string>;
  pick<T>(request: PickRequest<T>): Promise<T>;
  /** Asks what a question of the same step led to; undefined when the person goes back to that. */
  part<T>(question: (ask: StepInput) => Promise<T>): Promise<T | undefined>;
}

/** A step asks one thing and writes the answer into the state. One that asks nothing is passed over. */
export type Step<State> = (state: State, ask: StepInput) => Promise<void>;

class Back extends Error {}

/**
 * Asks one thing after the other, with *Back* from the second on. What was answered stays in `state`, so that going
 * back shows it again. Throws `vscode.CancellationError` when the person closes a question.
 */
export async function runSteps<State>(
  title: string,
  state: State,
  steps: readonly Step<State>[],
): Promise<State> {
  /** Positions of the steps that asked something, for the way back. */
  const asked: number[] = [];
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (step === undefined) break;
    const input = new Questions({ title, step: index + 1, total: steps.length, back: asked.length > 0 });
    try {
      await step(state, input);
      if (input.used) asked.push(index);
      index += 1;
    } catch (error) {
      if (!(error instanceof Back)) throw error;
      index = asked.pop() ?? 0;
    }
  }
  return state;
}

/** Asks a single thing. Throws `vscode.CancellationError` when the person closes the question. */
export function askText(title: string, request: InputRequest): Promise<string> {
  return new Questions({ title, back: false }).text(request);
}

/** Lets the person choose one of several. Throws `vscode.CancellationError` when they close the list. */
export function askPick<T>(title: string, request: PickRequest<T>): Promise<T> {
  return new Questions({ title, back: false }).pick(request);
}

/** Lets the person choose any number of several. Throws `vscode.CancellationError` when they close the list. */
export function askSome<T>(
  title: string,
  request: Pick<PickRequest<T>, 'placeholder' | 'choices'>,
): Promise<T[]> {
  return new Questions({ title, back: false }).some(request);
}

interface Frame {
  readonly title: string;
  readonly step?: number;
  readonly total?: number;
  readonly back: boolean;
}

class Questions implements StepInput {
  used = false;

  constructor(private readonly frame: Frame) {}

  text(request: InputRequest): Promise<string> {
    const input = vscode.window.createInputBox();
    input.prompt = plainText(request.prompt);
    input.value = request.value ?? '';
    input.placeholder = request.placeholder && plainText(request.placeholder, textLimits.line);
    input.password = request.password ?? false;
    const check = (): string | undefined => {
      const complaint = request.validate?.(input.value);
      input.validationMessage = complaint && plainText(complaint);
      return complaint;
    };
    let checking = false;
    return this.show(input, (accept) => {
      input.onDidChangeValue(() => {
        // A complaint comes with the first try and then follows the typing.
        if (checking) check();
      });
      input.onDidAccept(() => {
        checking = true;
        if (check() === undefined) accept(input.value);
      });
    });
  }

  pick<T>(request: PickRequest<T>): Promise<T> {
    const list = vscode.window.createQuickPick<vscode.QuickPickItem & { value?: T }>();
    list.placeholder = plainText(request.placeholder, textLimits.line);
    list.matchOnDescription = true;
    list.matchOnDetail = true;
    const offered = request.choices.flatMap((choice, index) => [
      ...separatorBefore(choice, request.choices[index - 1]),
      { ...plainItem(choice), value: choice.value },
    ]);
    list.items = offered;
    const { typed } = request;
    if (typed !== undefined) {
      list.onDidChangeValue((text) => {
        const choice = typed(text.trim());
        list.items = choice
          ? [{ ...plainItem(choice), value: choice.value, alwaysShow: true }, ...offered]
          : offered;
      });
    }
    const { selected } = request;
    if (selected !== undefined) list.activeItems = list.items.filter(({ value }) => value === selected);
    return this.show(list, (accept) => {
      list.onDidAccept(() => {
        const item = list.selectedItems[0];
        if (item !== undefined && 'value' in item) accept(item.value as T);
      });
    });
  }

  async part<T>(question: (ask: StepInput) => Promise<T>): Promise<T | undefined> {
    try {
      return await question(new Questions({ ...this.frame, back: true }));
    } catch (error) {
      if (error instanceof Back) return undefined;
      throw error;
    }
  }

  some<T>({ placeholder, choices }: Pick<PickRequest<T>, 'placeholder' | 'choices'>): Promise<T[]> {
    const list = vscode.window.createQuickPick<vscode.QuickPickItem & { value: T }>();
    list.canSelectMany = true;
    list.placeholder = plainText(placeholder, textLimits.line);
    list.matchOnDetail = true;
    list.items = choices.map((choice) => ({ ...plainItem(choice), value: choice.value }));
    return this.show(list, (accept) => {
      list.onDidAccept(() => accept(list.selectedItems.map(({ value }) => value)));
    });
  }

  private show<T>(
    input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
    listen: (accept: (value: T) => void) => void,
  ): Promise<T> {
    this.used = true;
    input.title = plainText(this.frame.title, textLimits.line);
    input.step = this.frame.step;
    input.totalSteps = this.frame.total;
    // Secrets and keys are fetched from a browser in between.
    input.ignoreFocusOut = true;
    if (this.frame.back) input.buttons = [vscode.QuickInputButtons.Back];
    return new Promise<T>((resolve, reject) => {
      input.onDidTriggerButton(() => reject(new Back()));
      input.onDidHide(() => reject(new vscode.CancellationError()));
      listen(resolve);
      input.show();
    }).finally(() => input.dispose());
  }
}

/** A row of a list: only an icon of ours is one. */
export function plainItem({
  label,
  description,
  detail,
  icon,
}: Omit<Choice<unknown>, 'value'>): vscode.QuickPickItem {
  const shown = plainText(label, textLimits.line);
  return {
    label: icon === undefined ? shown : `$(${icon}) ${shown}`,
    ...(description === undefined ? {} : { description: plainText(description, textLimits.line) }),
    ...(detail === undefined ? {} : { detail: plainText(detail) }),
  };
}

function separatorBefore(
  { group }: Choice<unknown>,
  before: Choice<unknown> | undefined,
): vscode.QuickPickItem[] {
  if (group === undefined || group === before?.group) return [];
  return [{ label: plainText(group, textLimits.line), kind: vscode.QuickPickItemKind.Separator }];
}

/** A list that its caller drives: its rows are to be made by {@link plainItem}. */
export function createList<Item extends vscode.QuickPickItem>(
  title: string,
  placeholder: string,
): vscode.QuickPick<Item> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = plainText(title, textLimits.line);
  list.placeholder = plainText(placeholder, textLimits.line);
  return list;
}
