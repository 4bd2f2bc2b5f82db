import * as vscode from 'vscode';
import type { EditorSettings, ToPage } from '../protocol';
import { editorSettings } from './editorSettings';
import type { ThemeColors } from './themeColors';

/** How a page shows texts: VS Code's settings of the editor, the wrapping that was chosen here, the colours of its theme. */
export class PageLook implements vscode.Disposable {
  /** Whether long lines are wrapped, where the person chose it for this page. */
  private wraps: boolean | undefined;
  /** Id of the theme that the page is shown in. */
  private theme: string | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly document: vscode.TextDocument,
    private readonly colors: ThemeColors,
    private readonly post: (message: ToPage) => void,
    failed: (error: unknown) => void,
  ) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('editor.wordWrap', document)) this.wraps = undefined;
      if (event.affectsConfiguration('editor', document)) this.postSettings();
      if (this.theme !== undefined && event.affectsConfiguration('editor.tokenColorCustomizations'))
        this.themed(this.theme).catch(failed);
    });
  }

  settings(): EditorSettings {
    const settings = editorSettings(this.document);
    return this.wraps === undefined ? settings : { ...settings, wordWrap: this.wraps };
  }

  postSettings(): void {
    this.post({ type: 'settings', settings: this.settings() });
  }

  toggleWrap(): void {
    this.wraps = !this.settings().wordWrap;
    this.postSettings();
  }

  /** The page is shown in this theme, and gets its colours. */
  async themed(theme: string): Promise<void> {
    this.theme = theme;
    const colors = await this.colors.of(theme);
    if (this.theme === theme) this.post({ type: 'colors', colors: colors ?? {} });
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
