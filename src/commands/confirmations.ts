import * as vscode from 'vscode';
import type { ModifyConnection } from '../modify/model';

/**
 * Whether a modify through a connection to a test app asks this time: once a window, or every time if the setting
 * says so. Production always asks and the sandbox never does; that is not for settings to change.
 */
export class Confirmations {
  private readonly confirmed = new Set<string>();

  readonly asksInTest = (connection: ModifyConnection): boolean => {
    const often = vscode.workspace.getConfiguration('tencentChat').inspect<string>('modify.confirmInTest');
    return often?.globalValue === 'always' || !this.confirmed.has(connection.id);
  };

  /** The person said yes for this connection. */
  given(connection: ModifyConnection): void {
    this.confirmed.add(connection.id);
  }
}
