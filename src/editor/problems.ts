import * as vscode from 'vscode';
import type { FixView, ProblemSeverity, ProblemView } from '../protocol';
import type { DocumentSession } from './documentSession';
import type { EmbeddedDocuments } from './embeddedDocuments';
import { LineIndex } from './lineIndex';

/** Beyond these a problem has no fixes in the page until those before it are gone. */
const MOST_WITH_FIXES = 40;
const MOST_PROBLEMS = 200;

type Action = vscode.CodeAction | vscode.Command;

/** The document's diagnostics with their quick fixes, as the page shows them, and the way to run such a fix. */
export class Problems {
  private actions = new Map<string, Action>();
  private round = 0;

  constructor(
    private readonly session: DocumentSession,
    private readonly embedded: EmbeddedDocuments,
  ) {}

  /** Undefined when a newer call overtook this one. */
  async read(): Promise<ProblemView[] | undefined> {
    const round = ++this.round;
    const { document } = this.session;
    const diagnostics = vscode.languages
      .getDiagnostics(document.uri)
      .sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start))
      .slice(0, MOST_PROBLEMS);
    const actions = new Map<string, Action>();
    const problems: ProblemView[] = [];
    for (const [number, diagnostic] of diagnostics.entries()) {
      const offered = number < MOST_WITH_FIXES ? await this.offered(diagnostic) : [];
      if (round !== this.round) return undefined;
      const fixes = offered.map((action, fix): FixView => {
        const id = `${round}.${number}.${fix}`;
        actions.set(id, action);
        return { id, title: action.title, preferred: 'isPreferred' in action && action.isPreferred === true };
      });
      problems.push(this.view(diagnostic, `${round}.${number}`, fixes));
    }
    this.actions = actions;
    return [...problems, ...this.insideStrings(round)];
  }

  /**
   * Makes the edit of a fix of the last list, as VS Code's light bulb does.
   *
   * @returns the command that belongs to it, which may ask a person and take as long as that
   */
  async fix(id: string): Promise<vscode.Command | undefined> {
    const action = this.actions.get(id);
    if (!action || isCommand(action)) return action;
    if (action.edit && !(await vscode.workspace.applyEdit(action.edit))) return undefined;
    return action.command;
  }

  /**
   * What VS Code says of the content of strings that are shown as JSON. The service takes such a string as it is, so
   * nothing in it is an error.
   */
  private insideStrings(round: number): ProblemView[] {
    return this.session.panes().flatMap((view, number) => {
      if (!view.embedded || view.kind !== 'json') return [];
      const index = new LineIndex(view.text);
      const uri = this.embedded.uri(this.session.document.uri, view.path);
      return vscode.languages
        .getDiagnostics(uri)
        .map(({ range: { start, end }, message, severity }, nth): ProblemView => ({
          id: `${round}.s${number}.${nth}`,
          severity: severity === vscode.DiagnosticSeverity.Hint ? 'hint' : 'warning',
          message,
          place: {
            pane: view.id,
            from: index.offset(start.line, start.character),
            to: index.offset(end.line, end.character),
          },
          fixes: [],
        }));
    });
  }

  private async offered(diagnostic: vscode.Diagnostic): Promise<Action[]> {
    const actions = await vscode.commands.executeCommand<Action[] | undefined>(
      'vscode.executeCodeActionProvider',
      this.session.document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    return (actions ?? []).filter((action) => isCommand(action) || fixes(action, diagnostic));
  }

  private view(diagnostic: vscode.Diagnostic, id: string, fixes: FixView[]): ProblemView {
    // Numbers of other sources, such as the JSON language server's, mean nothing to anybody.
    const code = diagnostic.source === 'Tencent Chat' ? diagnostic.code : undefined;
    const value = typeof code === 'object' ? code.value : code;
    const link = typeof code === 'object' ? code.target.toString(true) : undefined;
    const place = this.place(diagnostic.range);
    return {
      id,
      severity: severities[diagnostic.severity],
      message: diagnostic.message,
      ...(value === undefined ? {} : { code: String(value) }),
      ...(link === undefined ? {} : { link }),
      ...(place ? { place } : {}),
      fixes,
    };
  }

  private place(range: vscode.Range): ProblemView['place'] {
    const offset = this.session.offset(range.start);
    const length = this.session.offset(range.end) - offset;
    for (const view of this.session.panes()) {
      if (view.kind === 'absent' || view.parent !== undefined) continue;
      const place = view.fromDocument(offset, length);
      if (place) return { pane: view.id, ...place };
    }
    return undefined;
  }
}

const severities: Readonly<Record<vscode.DiagnosticSeverity, ProblemSeverity>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'hint',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

function isCommand(action: Action): action is vscode.Command {
  return typeof action.command === 'string';
}

/** Another problem's fixes at the same place, and actions that are no fix at all, are not this one's. */
function fixes(action: vscode.CodeAction, diagnostic: vscode.Diagnostic): boolean {
  if (action.kind && !vscode.CodeActionKind.QuickFix.contains(action.kind)) return false;
  const of = action.diagnostics;
  if (!of || of.length === 0) return true;
  return of.some((other) => other.message === diagnostic.message && other.range.isEqual(diagnostic.range));
}
