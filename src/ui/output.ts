import * as vscode from 'vscode';
import { withoutControls } from './plainText';

/** A channel of the Output panel for what another process says; made at its first use. */
export class Output implements vscode.Disposable {
  private channel: vscode.OutputChannel | undefined;

  constructor(private readonly name: string) {}

  append(text: string): void {
    this.open().append(withoutControls(text));
  }

  show(): void {
    this.open().show(true);
  }

  dispose(): void {
    this.channel?.dispose();
  }

  private open(): vscode.OutputChannel {
    return (this.channel ??= vscode.window.createOutputChannel(this.name));
  }
}
