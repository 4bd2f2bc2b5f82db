import * as vscode from 'vscode';
import { TASK_TYPE } from '../../contributions/ids';
import type { Entrance } from '../../ui/room';

/** Runs the tasks that load fixtures. */
interface FixtureTasks {
  readonly provideTasks: () => Promise<vscode.Task[]>;
  readonly resolveTask: (task: vscode.Task) => vscode.Task | undefined;
}

/** Tasks that load a fixture into the sandbox; loaded when VS Code first asks for them. */
export function registerTasks(room: Entrance<FixtureTasks>): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: async () => (await room.load()).provideTasks(),
    resolveTask: async (task) => (await room.load()).resolveTask(task),
  });
}
