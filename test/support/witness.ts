import * as vscode from 'vscode';
import { eventually, PATIENCE_MS } from './eventually';

/** Where something was shown. */
export type Place =
  | 'notice'
  | 'dialog'
  | 'progress'
  | 'status'
  | 'question'
  | 'complaint'
  | 'choice'
  | 'view'
  | 'log'
  /** What became of a test: `passed title`, `failed title: messages`, `skipped title`. */
  | 'test';

/** A text that the extension gave to VS Code. */
export interface Shown {
  readonly place: Place;
  readonly text: string;
  /** The buttons of a notice. */
  readonly buttons: readonly string[];
  /** Of a notice. */
  readonly kind?: 'info' | 'warning' | 'error';
}

type Question = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;
type Window = typeof vscode.window;

/**
 * Writes down what the extension gives to VS Code to be shown, and passes it on as it is. It is installed once a host,
 * before the extension is activated.
 */
export class Witness {
  readonly shown: Shown[] = [];
  /** The rows of each view, by its id. */
  readonly trees = new Map<string, vscode.TreeDataProvider<unknown>>();
  /** The tools for language models, by name, to be called past the question that VS Code asks before them. */
  readonly tools = new Map<string, vscode.LanguageModelTool<unknown>>();
  /** The pages that the extension opened in panels, for what stands on them. */
  readonly panels: vscode.WebviewPanel[] = [];
  private open: Question | undefined;
  private readonly places: vscode.Uri[] = [];
  private givenUp = 0;

  /** The one of this host, for every file of tests. */
  static get here(): Witness {
    const place = globalThis as { [HERE]?: Witness };
    return (place[HERE] ??= new Witness());
  }

  install(): void {
    const window = vscode.window as { -readonly [Name in keyof Window]: Window[Name] };
    window.showInformationMessage = this.notices(window.showInformationMessage, 'info');
    window.showWarningMessage = this.notices(window.showWarningMessage, 'warning');
    window.showErrorMessage = this.notices(window.showErrorMessage, 'error');
    const { withProgress, setStatusBarMessage, createStatusBarItem, createInputBox, createQuickPick } =
      window;
    window.withProgress = (options, task) => {
      this.note('progress', options.title);
      return withProgress(options, (progress, token) =>
        task(
          {
            report: (value) => {
              this.note('progress', value.message);
              progress.report(value);
            },
          },
          token,
        ),
      );
    };
    window.setStatusBarMessage = ((text: string, ms: number) => {
      this.note('status', text);
      return setStatusBarMessage(text, ms);
    }) as never;
    window.createStatusBarItem = ((...args: Parameters<typeof createStatusBarItem>) =>
      this.watched(createStatusBarItem(...args), {
        text: 'status',
        tooltip: 'status',
        name: 'status',
      })) as never;
    // The system's own dialog, which no test can see.
    const { showSaveDialog, showOpenDialog } = window;
    window.showOpenDialog = (options) => {
      this.note('dialog', options?.title);
      const place = this.places.shift();
      return place ? Promise.resolve([place]) : showOpenDialog(options);
    };
    window.showSaveDialog = (options) => {
      this.note('dialog', options?.title);
      const place = this.places.shift();
      return place ? Promise.resolve(place) : showSaveDialog(options);
    };
    window.createInputBox = () => this.question(createInputBox());
    window.createQuickPick = (() => this.question(createQuickPick())) as never;
    this.watchTests();
    const { createWebviewPanel } = window;
    window.createWebviewPanel = (...args) => {
      const panel = createWebviewPanel(...args);
      this.panels.push(panel);
      return panel;
    };
    const lm = vscode.lm as { -readonly [Name in keyof typeof vscode.lm]: (typeof vscode.lm)[Name] };
    const { registerTool } = lm;
    lm.registerTool = <T>(name: string, tool: vscode.LanguageModelTool<T>) => {
      this.tools.set(name, tool);
      return registerTool(name, tool);
    };
    const { createTreeView, createOutputChannel } = window;
    window.createTreeView = ((id: string, options: vscode.TreeViewOptions<unknown>) => {
      this.trees.set(id, options.treeDataProvider);
      const view = createTreeView(id, options);
      const reveal = view.reveal.bind(view);
      view.reveal = (...what) => {
        if (this.givenUp === 0) return reveal(...what);
        this.givenUp -= 1;
        return Promise.reject(new Error('Cannot resolve tree item for element 0 from extension a.b'));
      };
      return this.watched(view, { description: 'view', message: 'view', title: 'view' });
    }) as never;
    window.createOutputChannel = ((name: string, options?: { log: true }) => {
      // One without levels takes what a process says, as it is.
      if (options === undefined) return createOutputChannel(name);
      const channel = createOutputChannel(name, options);
      for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) {
        const write = channel[level].bind(channel);
        channel[level] = (text: string) => {
          this.note('log', text);
          write(text);
        };
      }
      return channel;
    }) as never;
  }

  private watchTests(): void {
    const { tests } = vscode;
    const { createTestController } = tests;
    tests.createTestController = (id, label) => {
      const controller = createTestController(id, label);
      const createTestRun = controller.createTestRun.bind(controller);
      controller.createTestRun = (...args) => {
        const run = createTestRun(...args);
        for (const outcome of ['passed', 'failed', 'errored', 'skipped'] as const) {
          const tell = run[outcome].bind(run) as (item: vscode.TestItem, ...rest: unknown[]) => void;
          run[outcome] = (item: vscode.TestItem, ...rest: unknown[]) => {
            const messages = [rest[0]].flat().filter((one) => one instanceof vscode.TestMessage);
            const said = messages.map(({ message }) =>
              typeof message === 'string' ? message : message.value,
            );
            this.note('test', [`${outcome} ${item.label}`, ...said].join(': '));
            tell(item, ...rest);
          };
        }
        return run;
      };
      return controller;
    };
  }

  /** Waits for a text that is shown from now on, or was shown since `from`. */
  async saw(place: Place, text: RegExp, from = 0): Promise<Shown> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      const found = this.shown.slice(from).find((one) => one.place === place && text.test(one.text));
      if (found) return found;
      await pause();
    }
    const seen = this.shown.slice(from).map((one) => `${one.place}: ${one.text.slice(0, 200)}`);
    throw new Error(`No ${place} with ${text.source}. There were:\n${seen.join('\n')}`);
  }

  /** Waits until a question is open that says this. */
  async asked(text: RegExp): Promise<Question> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      const { open } = this;
      if (open && text.test(wordsOf(open))) return open;
      await pause();
    }
    throw new Error(`Nothing asks ${text.source}, but: ${this.open ? wordsOf(this.open) : 'nothing at all'}`);
  }

  /** Types an answer to the question that says this, as a person does, and presses Enter. */
  async answer(question: RegExp, text: string): Promise<void> {
    const open = await this.asked(question);
    open.value = text;
    await this.accept();
  }

  /** Chooses from the list that says this. */
  async choose(
    question: RegExp,
    fits: (item: vscode.QuickPickItem, index: number) => boolean,
  ): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; ;) {
      const list = await this.asked(question);
      if (!('items' in list)) throw new Error(`${question.source} is no list.`);
      const [item] = list.items.filter(fits);
      if (item) {
        list.activeItems = [item];
        return this.accept();
      }
      // What it offers may still be on its way.
      if (Date.now() > end) {
        const offered = list.items.map(({ label }) => label).join(', ');
        throw new Error(`${question.source} offers nothing that fits, but: ${offered}`);
      }
      await pause();
    }
  }

  /** The next file that is asked for, as a person chooses it in the system's dialog. */
  willOpen(file: vscode.Uri): void {
    this.places.push(file);
  }

  /** Where the next thing that is saved goes, as a person chooses it in the system's dialog. */
  willSaveTo(place: vscode.Uri): void {
    this.places.push(place);
  }

  /** VS Code gives up the next row that it is to show, as it does when it reads the tree anew meanwhile. */
  willGiveUpARow(): void {
    this.givenUp += 1;
  }

  /** Closes the question that is open, as Escape does. */
  async close(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await eventually(() => this.open === undefined, 'the question to close');
  }

  /** Presses Enter, once what was set before has reached the workbench: the extension host sends it a moment later. */
  private async accept(): Promise<void> {
    await pause();
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  private note(
    place: Place,
    text: string | undefined,
    buttons: readonly string[] = [],
    kind?: Shown['kind'],
  ): void {
    if (text !== undefined && text !== '') this.shown.push({ place, text, buttons, ...(kind && { kind }) });
  }

  private notices(
    show: (message: string, ...rest: unknown[]) => Thenable<unknown>,
    kind: NonNullable<Shown['kind']>,
  ): (message: string, ...rest: unknown[]) => Thenable<unknown> {
    return (message, ...rest) => {
      const [first] = rest;
      const options = typeof first === 'object' ? (first as vscode.MessageOptions) : undefined;
      const buttons = rest.filter((one) => typeof one === 'string');
      this.note(options?.modal ? 'dialog' : 'notice', message, buttons, kind);
      this.note('dialog', options?.detail);
      return show(message, ...rest);
    };
  }

  private question<Kind extends Question>(question: Kind): Kind {
    question.onDidHide(() => {
      if (this.open === watched) this.open = undefined;
    });
    const watched: Kind = this.watched(question, {
      title: 'question',
      prompt: 'question',
      placeholder: 'question',
      validationMessage: 'complaint',
      items: 'choice',
    });
    const show = question.show.bind(question);
    question.show = () => {
      this.open = watched;
      show();
    };
    return watched;
  }

  private watched<Item extends object>(item: Item, places: Readonly<Record<string, Place>>): Item {
    return new Proxy(item, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      set: (target, name, value: unknown) => {
        const place = places[String(name)];
        if (place) for (const text of textsOf(value)) this.note(place, text);
        return Reflect.set(target, name, value, target);
      },
    });
  }
}

const HERE = Symbol.for('tencent-chat.witness');

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  return (value as vscode.QuickPickItem[]).flatMap(({ label, description = '', detail = '' }) => [
    label,
    description,
    detail,
  ]);
}

function wordsOf(question: Question): string {
  const words = 'prompt' in question ? question.prompt : undefined;
  return [question.title, words, question.placeholder].filter(Boolean).join('\n');
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
