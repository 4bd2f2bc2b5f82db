import * as vscode from 'vscode';
import { checkedSetting, type Setting } from './settingChecks';

export { settings } from './settingChecks';

/** The one way to read our settings: each is checked, and one that cannot be meant is told once and counts as its default. */
export class Settings {
  private readonly told = new Set<string>();

  /** @param onWrong told of a setting whose value cannot be used */
  constructor(private readonly onWrong: (id: string, value: unknown, fallback: unknown) => void) {}

  /** What the person set for this machine: a workspace, or another extension's defaults, decide nothing here. */
  read<T>(setting: Setting<T>): T {
    const set: unknown = vscode.workspace.getConfiguration().inspect(setting.id)?.globalValue;
    const { value, wrong } = checkedSetting(setting, set);
    if (wrong) this.tell(setting, set);
    return value;
  }

  /** Runs `listener` when one of the settings changed. */
  onDidChange(which: readonly Setting<unknown>[], listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      if (which.some(({ id }) => change.affectsConfiguration(id))) listener();
    });
  }

  private tell({ id, fallback }: Setting<unknown>, value: unknown): void {
    const name = `${id} ${JSON.stringify(value)}`;
    if (this.told.has(name)) return;
    this.told.add(name);
    this.onWrong(id, value, fallback);
  }
}
