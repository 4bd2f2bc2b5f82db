import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ChatServiceError } from '../chat/errors';
import { diagnosticIds, REQUEST_LANGUAGE } from '../contributions/ids';
import {
  problemDiagnostic,
  PROBLEM_SOURCE,
  refusalDiagnostic,
  severities,
} from '../diagnostics/problemReporter';
import { afterChanges, placeRefusal, type ServerProblem } from '../diagnostics/serverProblems';
import { maskBody } from '../requests/body';
import { requestLineOf, type Block, type RequestDocument } from '../requests/document';
import { checkRequests, type RequestProblem, type RequestProblems as Found } from '../requests/problems';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { requestsOf } from './parsed';
import type { Refusal } from './refusal';
import { messageFixes, remedies, removals } from './requestFixes';
import { requestProblemText } from './requestTexts';

const DELAY_MS = 120;

/** What the problems of request documents work with. */
export interface ProblemServices {
  /** Names of the connections that there are. */
  readonly connectionNames: () => readonly string[];
  /** The words of a refusal. */
  readonly refusalText: (error: ChatServiceError) => string;
}

/** Problems of request documents: what is wrong before anything is sent, and what the service refused, at its place. */
export class RequestProblems implements vscode.Disposable, vscode.CodeActionProvider {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.requests);
  private readonly refusals = new Map<string, Refusal[]>();
  /** What the check found, and with which connections: the light bulb asks at each move of the cursor. */
  private readonly checked = new WeakMap<RequestDocument, { names: readonly string[]; found: Found }>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly parts: readonly { dispose(): unknown }[];

  constructor(private readonly services: ProblemServices) {
    this.parts = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.check(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
    ];
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** The service refused what was sent of this block. */
  refused(document: vscode.TextDocument, block: Block, refusal: Omit<Refusal, 'range'>): void {
    const key = document.uri.toString();
    const others = this.refusals.get(key)?.filter(({ range }) => !isIn(range.offset, block)) ?? [];
    this.refusals.set(key, [...others, { ...refusal, range: placed(block, refusal.error).range }]);
    this.check(document);
  }

  /** The service took what was sent of this block. */
  taken(document: vscode.TextDocument, block: Block): void {
    const key = document.uri.toString();
    const others = this.refusals.get(key)?.filter(({ range }) => !isIn(range.offset, block)) ?? [];
    this.refusals.set(key, others);
    this.check(document);
  }

  /** Looks at all open documents again: connections came or went. */
  checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** What mends a problem at a range: an edit, or a command for what lies outside of the document. */
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const found = this.found(document);
    const refusals = this.refusals.get(document.uri.toString()) ?? [];
    return [
      ...removals(document, found, range),
      ...messageFixes(document, found, range),
      ...remedies(document, refusals, range),
    ];
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const part of this.parts) part.dispose();
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.languageId !== REQUEST_LANGUAGE || contentChanges.length === 0) return;
    const key = document.uri.toString();
    const moved = (this.refusals.get(key) ?? []).flatMap((one) => {
      const range = afterChanges(one, contentChanges)?.range;
      return range ? [{ ...one, range }] : [];
    });
    this.refusals.set(key, moved);
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.check(document), DELAY_MS),
    );
  }

  private check(document: vscode.TextDocument): void {
    if (document.languageId !== REQUEST_LANGUAGE || document.isClosed) return;
    const { own, messages } = this.found(document);
    this.collection.set(document.uri, [
      ...own.map((problem) => diagnosticOf(document, problem)),
      ...messages.flatMap(({ problems }) => problems.map((problem) => problemDiagnostic(document, problem))),
      ...(this.refusals.get(document.uri.toString()) ?? []).map((one) =>
        refusalDiagnostic(document, one, this.services.refusalText(one.error)),
      ),
    ]);
  }

  /** What is wrong with a document as it is now, checked once for each of its versions. */
  private found(document: vscode.TextDocument): Found {
    const requests = requestsOf(document);
    const names = this.services.connectionNames();
    const kept = this.checked.get(requests);
    if (kept && isDeepStrictEqual(kept.names, names)) return kept.found;
    const found = checkRequests(requests, names);
    this.checked.set(requests, { names, found });
    return found;
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.refusals.delete(key);
    this.collection.delete(uri);
  }
}

function diagnosticOf(document: vscode.TextDocument, problem: RequestProblem): vscode.Diagnostic {
  const text = plainText(requestProblemText(problem.id, problem.subject));
  const diagnostic = new vscode.Diagnostic(rangeIn(document, problem), text, severities[problem.severity]);
  diagnostic.source = PROBLEM_SOURCE;
  return diagnostic;
}

/** In the body where the code is about it, else at the URL. */
function placed(block: Block, error: ChatServiceError): ServerProblem {
  const line = requestLineOf(block);
  const elsewhere = line
    ? { offset: line.url.offset, length: line.url.length }
    : { offset: block.offset, length: 0 };
  if (!block.body) return { error, range: elsewhere };
  const { text, offset } = block.body;
  const { range } = placeRefusal(maskBody(text).text, error);
  return range.offset === 0
    ? { error, range: elsewhere }
    : { error, range: { ...range, offset: offset + range.offset } };
}

function isIn(offset: number, block: Block): boolean {
  return block.offset <= offset && offset < block.offset + Math.max(block.length, 1);
}
