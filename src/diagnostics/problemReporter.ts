import * as vscode from 'vscode';
import { diagnosticIds, MESSAGE_LANGUAGE } from '../contributions/ids';
import { lookUpCode } from '../chat/catalogue';
import { pageIn } from '../chat/docPages';
import type { ChatServiceError } from '../chat/errors';
import { parseUnsentUri } from '../documents/unsentUri';
import { checkMessage, type Problem } from '../message/checks';
import { checkOutgoing } from '../outgoing/checkOutgoing';
import { wordsLanguage } from '../ui/language';
import { openDocument } from '../ui/openDocument';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { problemText } from '../words/problemTexts';
import { afterChanges, placeRefusal, type ServerProblem } from './serverProblems';

/** `source` of every problem. */
export const PROBLEM_SOURCE = 'Tencent Chat';

const DELAY_MS = 80;

/** A problem as VS Code shows it, with what it was made of. */
export type ShownProblem =
  | { readonly kind: 'check'; readonly diagnostic: vscode.Diagnostic; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly diagnostic: vscode.Diagnostic; readonly error: ChatServiceError };

interface Watched {
  timer?: NodeJS.Timeout;
  refusals: readonly ServerProblem[];
  shown: readonly ShownProblem[];
}

/** The words of a refusal by the service. */
export type RefusalText = (error: ChatServiceError) => string;

/**
 * The one owner of a message's problems: what the service would refuse, found by checking the text, and what it did
 * refuse.
 */
export class ProblemReporter implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.message);
  private readonly watched = new Map<string, Watched>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor(private readonly refusalText: RefusalText) {
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.check(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    ];
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** What is shown for a document now. */
  problemsOf(uri: vscode.Uri): readonly ShownProblem[] {
    return this.watched.get(uri.toString())?.shown ?? [];
  }

  /** The service refused what was sent from this document. */
  async refused(uri: vscode.Uri, error: ChatServiceError): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const watched = this.watch(uri);
    watched.refusals = [placeRefusal(document.getText(), error, checkOf(uri))];
    this.check(document);
  }

  /** A modify of this document succeeded: what the service refused before is of no interest any more. */
  settled(uri: vscode.Uri): void {
    const watched = this.watched.get(uri.toString());
    if (!watched) return;
    watched.refusals = [];
    const document = openDocument(uri);
    if (document) this.check(document);
  }

  dispose(): void {
    for (const { timer } of this.watched.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private watch(uri: vscode.Uri): Watched {
    const key = uri.toString();
    const watched = this.watched.get(key) ?? { refusals: [], shown: [] };
    this.watched.set(key, watched);
    return watched;
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.languageId !== MESSAGE_LANGUAGE || contentChanges.length === 0) return;
    const watched = this.watch(document.uri);
    watched.refusals = watched.refusals.flatMap((refusal) => afterChanges(refusal, contentChanges) ?? []);
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => this.check(document), DELAY_MS);
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.watched.get(key)?.timer);
    if (this.watched.delete(key)) this.collection.delete(document.uri);
  }

  private check(document: vscode.TextDocument): void {
    if (document.isClosed || document.languageId !== MESSAGE_LANGUAGE) return;
    const watched = this.watch(document.uri);
    const refusedThere = (problem: Problem): boolean =>
      watched.refusals.some(
        ({ error, range }) =>
          error.code === problem.code &&
          range.offset === problem.range.offset &&
          range.length === problem.range.length,
      );
    const found = checkOf(document.uri)(document.getText()).filter((problem) => !refusedThere(problem));
    const checks = found.map((problem): ShownProblem => ({
      kind: 'check',
      problem,
      diagnostic: problemDiagnostic(document, problem),
    }));
    const refusals = watched.refusals.map((refusal): ShownProblem => {
      const { error } = refusal;
      const diagnostic = refusalDiagnostic(document, refusal, this.refusalText(error));
      return { kind: 'refused', error, diagnostic };
    });
    watched.shown = [...refusals, ...checks];
    this.collection.set(
      document.uri,
      watched.shown.map(({ diagnostic }) => diagnostic),
    );
  }
}

/** What checks a document: one that is not sent yet is more than a message. */
function checkOf(uri: vscode.Uri): typeof checkMessage {
  return parseUnsentUri(uri) ? checkOutgoing : checkMessage;
}

/** A problem of a text as VS Code shows it; the text begins at `start` of the document. */
export function problemDiagnostic(
  document: vscode.TextDocument,
  problem: Problem,
  start = 0,
): vscode.Diagnostic {
  const { offset, length } = problem.range;
  const diagnostic = new vscode.Diagnostic(
    rangeIn(document, { offset: start + offset, length }),
    plainText(problemText(problem, { t: vscode.l10n.t, language: vscode.env.language })),
    severities[problem.severity],
  );
  return described(diagnostic, problem.code);
}

/** A refusal by the service as VS Code shows it, with a link to the page of its code. @param text its words */
export function refusalDiagnostic(
  document: vscode.TextDocument,
  { error, range }: ServerProblem,
  text: string,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeIn(document, range),
    plainText(text),
    vscode.DiagnosticSeverity.Error,
  );
  return described(diagnostic, error.code);
}

/** What VS Code calls the severities of problems. */
export const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Information,
};

function described(diagnostic: vscode.Diagnostic, code: number | undefined): vscode.Diagnostic {
  diagnostic.source = PROBLEM_SOURCE;
  if (code === undefined) return diagnostic;
  const link = lookUpCode(code)?.link;
  diagnostic.code = link ? { value: code, target: vscode.Uri.parse(pageIn(link, wordsLanguage())) } : code;
  return diagnostic;
}
