import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { TokenColors } from '../protocol';
import { tokenColors, type TokenRule } from './tokenColors';

/** A theme of an extension's manifest. */
interface ContributedTheme {
  readonly id?: string;
  readonly label?: string;
  readonly path?: string;
}

/** Themes build on others by name of their files; more steps than this are a circle. */
const MOST_INCLUDES = 8;

/** Colours that `editor.tokenColorCustomizations` names in short, and what they stand for. */
const SHORT = { strings: 'string', numbers: 'constant.numeric', keywords: 'constant.language' } as const;

/**
 * The colours of JSON's tokens in a theme, with the user's own on top. VS Code tells webviews all of a theme's colours
 * but these, so they are read from where the theme comes from, once for all pages.
 */
export class ThemeColors implements vscode.Disposable {
  private readonly read = new Map<string, Promise<TokenRule[] | undefined>>();
  private readonly subscription = vscode.extensions.onDidChange(() => this.read.clear());

  /**
   * @param themeId as VS Code names it to webviews
   * @returns undefined when the theme's extension is not to be found from here, or keeps them in another format
   * @throws when its files cannot be read
   */
  async of(themeId: string): Promise<TokenColors | undefined> {
    const rules = await this.rules(themeId);
    return rules && tokenColors([...rules, ...ownRules(themeId)]);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async rules(themeId: string): Promise<TokenRule[] | undefined> {
    const reading = this.read.get(themeId) ?? rulesOf(themeFile(themeId), MOST_INCLUDES);
    this.read.set(themeId, reading);
    try {
      return await reading;
    } catch (error) {
      this.read.delete(themeId);
      throw error;
    }
  }
}

function themeFile(themeId: string): vscode.Uri | undefined {
  for (const { extensionUri, packageJSON } of vscode.extensions.all) {
    const { contributes } = packageJSON as { contributes?: { themes?: readonly ContributedTheme[] } };
    const theme = contributes?.themes?.find(({ id, label }) => (id ?? label) === themeId);
    if (theme?.path !== undefined) return vscode.Uri.joinPath(extensionUri, theme.path);
  }
  return undefined;
}

async function rulesOf(file: vscode.Uri | undefined, includes: number): Promise<TokenRule[] | undefined> {
  if (!file) return undefined;
  const text = Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
  const theme = parse(text, [], { allowTrailingComma: true }) as
    { include?: unknown; tokenColors?: unknown } | undefined;
  const { include, tokenColors: own = [] } = theme ?? {};
  if (!Array.isArray(own) || includes === 0) return undefined;
  const base =
    typeof include === 'string' ? await rulesOf(vscode.Uri.joinPath(file, '..', include), includes - 1) : [];
  return base && [...base, ...(own as TokenRule[])];
}

/** What the user's settings say of all themes, then of this one. */
function ownRules(themeId: string): TokenRule[] {
  const settings =
    vscode.workspace.getConfiguration('editor').get<Record<string, unknown>>('tokenColorCustomizations') ??
    {};
  const ofTheme = Object.entries(settings).filter(([name]) => name.includes(`[${themeId}]`));
  return [settings, ...ofTheme.map(([, value]) => value)].flatMap((value) => rulesIn(value));
}

function rulesIn(value: unknown): TokenRule[] {
  if (typeof value !== 'object' || value === null) return [];
  const custom = value as Record<string, unknown>;
  const rules: TokenRule[] = [];
  for (const [name, scope] of Object.entries(SHORT)) {
    const color = custom[name];
    if (typeof color === 'string') rules.push({ scope, settings: { foreground: color } });
  }
  return Array.isArray(custom.textMateRules) ? [...rules, ...(custom.textMateRules as TokenRule[])] : rules;
}
