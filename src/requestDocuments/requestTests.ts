import * as vscode from 'vscode';
import { REQUEST_LANGUAGE, testControllerIds } from '../contributions/ids';
import { expectationsOf } from '../requests/expect';
import { titleOf, type Block } from '../requests/document';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import type { GotAnswer } from './answers';
import { callingBlocks, requestsOf } from './parsed';

/** Sends a block; undefined when the person declined. */
export type SendBlock = (document: vscode.TextDocument, block: Block) => Promise<GotAnswer | undefined>;

/**
 * Request documents as tests: each block that expects something is one, and VS Code shows in the gutter and in its Test
 * Explorer whether the last answer was what it expects.
 */
export class RequestTests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController(
    testControllerIds.requests,
    vscode.l10n.t('Tencent Chat Requests'),
  );
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
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.controller.items.delete(uri.toString())),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  /** Shows what came of a block that was sent by hand. */
  tell(document: vscode.TextDocument, block: Block, answer: GotAnswer): void {
    const item = this.itemOf(document, block);
    if (!item) return;
    const run = this.controller.createTestRun(new vscode.TestRunRequest([item]), titleOf(block), false);
    this.settle(run, item, answer);
    run.end();
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private look(document: vscode.TextDocument): void {
    if (document.languageId !== REQUEST_LANGUAGE) return;
    const key = document.uri.toString();
    const tests = callingBlocks(requestsOf(document)).filter((block) => expectationsOf(block).length > 0);
    if (tests.length === 0) {
      this.controller.items.delete(key);
      return;
    }
    const file =
      this.controller.items.get(key) ??
      this.controller.createTestItem(
        key,
        plainText(vscode.workspace.asRelativePath(document.uri)),
        document.uri,
      );
    file.children.replace(
      tests.map((block) => {
        const item = this.controller.createTestItem(
          idOf(document, block),
          plainText(titleOf(block)),
          document.uri,
        );
        item.range = rangeIn(document, { offset: block.offset, length: block.length }).with({
          end: document.positionAt(block.offset),
        });
        return item;
      }),
    );
    this.controller.items.add(file);
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    for (const item of this.asked(request)) {
      if (token.isCancellationRequested) break;
      const found = await this.blockOf(item);
      if (!found) continue;
      run.started(item);
      try {
        const answer = await this.send(found.document, found.block);
        if (answer) this.settle(run, item, answer);
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

  private itemOf(document: vscode.TextDocument, block: Block): vscode.TestItem | undefined {
    return this.controller.items.get(document.uri.toString())?.children.get(idOf(document, block));
  }

  private async blockOf(
    item: vscode.TestItem,
  ): Promise<{ document: vscode.TextDocument; block: Block } | undefined> {
    if (!item.uri) return undefined;
    const document = await vscode.workspace.openTextDocument(item.uri);
    const block = callingBlocks(requestsOf(document)).find((one) => idOf(document, one) === item.id);
    return block && { document, block };
  }
}

/** A block by its place among the others: names may be missing or doubled. */
function idOf(document: vscode.TextDocument, block: Block): string {
  const index = requestsOf(document).blocks.findIndex(({ offset }) => offset === block.offset);
  return `${document.uri.toString()}#${index}`;
}

function itemsOf(collection: vscode.TestItemCollection): vscode.TestItem[] {
  return [...collection].map(([, item]) => item);
}
