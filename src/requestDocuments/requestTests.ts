import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { REQUEST_LANGUAGE, testControllerIds } from '../contributions/ids';
import { expectationsOf } from '../requests/expect';
import { requestLineOf, titleOf, type Block, type RequestDocument } from '../requests/document';
import { plainText } from '../ui/plainText';
import type { GotAnswer } from './answers';
import { requestsOf } from './parsed';

/** Sends a block; undefined when the person declined. */
export type SendBlock = (document: vscode.TextDocument, block: Block) => Promise<GotAnswer | undefined>;

/** A block as VS Code shows it among the tests. */
interface ShownTest {
  readonly id: string;
  readonly title: string;
  readonly line: number;
}

/**
 * Request documents as tests: each block that expects something is one, and VS Code shows in the gutter and in its Test
 * Explorer whether the last answer was what it expects.
 */
export class RequestTests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController(
    testControllerIds.requests,
    vscode.l10n.t('Tencent Chat Requests'),
  );
  /** The tests of each document, by URI: most of what is typed changes none of them. */
  private readonly shown = new Map<string, readonly ShownTest[]>();
  private readonly parts: readonly { dispose(): unknown }[];

  /** @param wordsOf the words of an error */
  constructor(
    private readonly send: SendBlock,
    private readonly wordsOf: (error: unknown) => string,
  ) {
    this.controller.createRunProfile(
      vscode.l10n.t('Send'),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.run(request, token),
      true,
    );
    this.parts = [
      this.controller,
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.look(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  /** Shows what came of a block that was sent by hand, unless it was edited meanwhile: another text has no outcome yet. */
  tell(document: vscode.TextDocument, sent: SentBlock, answer: GotAnswer): void {
    const item = this.controller.items
      .get(document.uri.toString())
      ?.children.get(idOf(document, indexOf(sent)));
    if (!item || !stands(document, sent)) return;
    const run = this.controller.createTestRun(new vscode.TestRunRequest([item]), titleOf(sent.block), false);
    this.settle(run, item, answer);
    run.end();
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private look(document: vscode.TextDocument): void {
    if (document.languageId !== REQUEST_LANGUAGE) return;
    const key = document.uri.toString();
    const tests = testsOf(document);
    if (isDeepStrictEqual(tests, this.shown.get(key) ?? [])) return;
    if (tests.length === 0) {
      this.forget(key);
      return;
    }
    this.shown.set(key, tests);
    const file =
      this.controller.items.get(key) ??
      this.controller.createTestItem(
        key,
        plainText(vscode.workspace.asRelativePath(document.uri)),
        document.uri,
      );
    file.children.replace(
      tests.map(({ id, title, line }) => {
        const item = this.controller.createTestItem(id, title, document.uri);
        item.range = new vscode.Range(line, 0, line, 0);
        return item;
      }),
    );
    this.controller.items.add(file);
  }

  private forget(key: string): void {
    this.shown.delete(key);
    this.controller.items.delete(key);
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    for (const item of this.asked(request)) {
      if (token.isCancellationRequested) break;
      try {
        // Its file may be gone by now.
        const found = await this.blockOf(item);
        if (!found) continue;
        run.started(item);
        const sent = { requests: requestsOf(found.document), block: found.block };
        const answer = await this.send(found.document, found.block);
        if (answer && stands(found.document, sent)) this.settle(run, item, answer);
        else run.skipped(item);
      } catch (error) {
        run.errored(item, new vscode.TestMessage(plainText(this.wordsOf(error))));
      }
    }
    run.end();
  }

  private settle(run: vscode.TestRun, item: vscode.TestItem, { verdicts, durationMs }: GotAnswer): void {
    const unmet = verdicts.filter(({ met }) => !met);
    if (unmet.length === 0) {
      run.passed(item, durationMs);
      return;
    }
    run.failed(
      item,
      unmet.map(({ expectation, found }) => {
        const text = vscode.l10n.t('Expected {0}', expectation.written.text);
        const { value } = expectation;
        return value === undefined || found === undefined
          ? new vscode.TestMessage(plainText(text))
          : vscode.TestMessage.diff(plainText(text), value, found);
      }),
      durationMs,
    );
  }

  private asked({ include, exclude = [] }: vscode.TestRunRequest): vscode.TestItem[] {
    const roots: readonly vscode.TestItem[] = include ?? itemsOf(this.controller.items);
    const all = roots.flatMap((item) => (item.children.size > 0 ? itemsOf(item.children) : [item]));
    return all.filter((item) => !exclude.includes(item));
  }

  private async blockOf(
    item: vscode.TestItem,
  ): Promise<{ document: vscode.TextDocument; block: Block } | undefined> {
    if (!item.uri) return undefined;
    const document = await vscode.workspace.openTextDocument(item.uri);
    const block = requestsOf(document).blocks.find((_, index) => idOf(document, index) === item.id);
    return block && requestLineOf(block) ? { document, block } : undefined;
  }
}

/** A block as it was sent, and the document that it stood in. */
interface SentBlock {
  readonly requests: RequestDocument;
  readonly block: Block;
}

function indexOf({ requests, block }: SentBlock): number {
  return requests.blocks.findIndex(({ offset }) => offset === block.offset);
}

/** True while the text that was sent is what stands at the block's place among the others. */
function stands(document: vscode.TextDocument, sent: SentBlock): boolean {
  const now = requestsOf(document);
  const block = now.blocks[indexOf(sent)];
  return block !== undefined && textOf(now, block) === textOf(sent.requests, sent.block);
}

function textOf({ text }: RequestDocument, { offset, length }: Block): string {
  return text.slice(offset, offset + length);
}

/** The blocks that call something and expect something of it. */
function testsOf(document: vscode.TextDocument): ShownTest[] {
  return requestsOf(document).blocks.flatMap((block, index) =>
    requestLineOf(block) && expectationsOf(block).length > 0
      ? {
          id: idOf(document, index),
          title: plainText(titleOf(block)),
          line: document.positionAt(block.offset).line,
        }
      : [],
  );
}

/** A block by its place among all of its document: names may be missing or doubled. */
function idOf({ uri }: vscode.TextDocument, index: number): string {
  return `${uri.toString()}#${index}`;
}

function itemsOf(collection: vscode.TestItemCollection): vscode.TestItem[] {
  return [...collection].map(([, item]) => item);
}
