import * as vscode from 'vscode';
import { TASK_TYPE } from '../contributions/ids';
import { plainText } from '../ui/plainText';
import { loadedText, loadFixture, type FixtureServices } from './fixtureCommands';

/** A task of `tasks.json`. */
interface FixtureTask extends vscode.TaskDefinition {
  /** The list, below the folder. */
  readonly fixture: string;
  /** Whether everything else in the sandbox stays. */
  readonly add?: boolean;
}

/** Tasks that load the lists of the open folders into the sandbox, so that other tasks can wait for them. */
export class FixtureTasks {
  constructor(private readonly services: FixtureServices) {}

  async provideTasks(): Promise<vscode.Task[]> {
    const found = await vscode.workspace.findFiles('**/*.chatmsgs.json', undefined, 100);
    return found.flatMap((uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (!folder) return [];
      const fixture = vscode.workspace.asRelativePath(uri, false);
      return [this.task({ type: TASK_TYPE, fixture }, folder)];
    });
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const { fixture } = task.definition;
    const scope = task.scope;
    if (typeof fixture !== 'string' || fixture === '') return undefined;
    const folder =
      typeof scope === 'object'
        ? scope
        : scope === undefined
          ? vscode.workspace.workspaceFolders?.[0]
          : undefined;
    // VS Code wants the very definition back.
    return folder && this.task(task.definition as FixtureTask, folder);
  }

  private task(definition: FixtureTask, folder: vscode.WorkspaceFolder): vscode.Task {
    const name = vscode.l10n.t('load {0} into the sandbox', definition.fixture);
    const uri = vscode.Uri.joinPath(folder.uri, definition.fixture);
    const run = new vscode.CustomExecution(() =>
      Promise.resolve(
        new Terminal(async () => loadedText(await loadFixture(this.services, uri, definition.add !== true))),
      ),
    );
    return new vscode.Task(definition, folder, plainText(name), 'Tencent Chat', run);
  }
}

/** Where a task says how it went. */
class Terminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  /** @param run what the task does; gives what is said of it */
  constructor(private readonly run: () => Promise<string>) {}

  open(): void {
    this.run().then(
      (said) => this.end(said, 0),
      (error: unknown) => this.end(error instanceof Error ? error.message : String(error), 1),
    );
  }

  close(): void {
    this.written.dispose();
    this.closed.dispose();
  }

  private end(said: string, code: number): void {
    this.written.fire(`${plainText(said)}\r\n`);
    this.closed.fire(code);
  }
}
