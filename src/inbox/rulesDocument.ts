import { existsSync } from 'node:fs';
import { applyEdits, modify } from 'jsonc-parser';
import * as vscode from 'vscode';
import { diagnosticIds } from '../contributions/ids';
import { writeFileAtomic } from '../files/atomic';
import { watchFolder } from '../files/watchFolder';
import { asLens } from '../ui/lenses';
import type { Log } from '../ui/log';
import { showNotice } from '../ui/messages';
import { NoticeError } from '../ui/noticeError';
import { plainText } from '../ui/plainText';
import { rangeIn } from '../ui/ranges';
import { foreignHosts, readRules } from '../webhooks/rules/readRules';
import { timesMatched } from '../webhooks/rules/timesMatched';
import { ruleProblemText } from './ruleTexts';
import { RULES_FILE, type WebhookInbox } from './webhookInbox';

/** The document of rules as VS Code shows it, and what the inbox is told of it. */
export class RulesDocument implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticIds.webhookRules);
  private readonly lensesMoved = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly asked = new Set<string>();
  private readonly uri: vscode.Uri;
  private wasRunning = false;

  readonly onDidChangeCodeLenses = this.lensesMoved.event;

  constructor(
    private readonly inbox: WebhookInbox,
    private readonly log: Log,
  ) {
    this.uri = vscode.Uri.file(inbox.rulesFile);
    this.subscriptions = [
      this.collection,
      this.lensesMoved,
      inbox.onDidChange(() => this.inboxChanged()),
      vscode.workspace.onDidOpenTextDocument((document) => this.check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
      vscode.languages.registerCodeLensProvider({ language: 'json', pattern: `**/${RULES_FILE}` }, this),
      watchFolder(inbox.folder, {
        onName: (name) => {
          if (name === RULES_FILE) this.changed();
        },
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.check(document);
  }

  /** Opens the rules, which are written down with the first time. */
  async open(offset?: number): Promise<void> {
    await this.make();
    const document = await vscode.workspace.openTextDocument(this.uri);
    const range = offset === undefined ? undefined : rangeIn(document, { offset, length: 0 });
    await vscode.window.showTextDocument(document, {
      preview: false,
      ...(range && { selection: range }),
    });
  }

  /** Puts a rule before all others. @throws NoticeError when the document is open with changes, or cannot be read */
  async add(rule: Readonly<Record<string, unknown>>): Promise<void> {
    await this.make();
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === this.uri.fsPath);
    if (open?.isDirty)
      throw new NoticeError(vscode.l10n.t('Save the rules first: they are open with changes.'));
    const text = await this.inbox.rules();
    if (readRules(text).problems.length > 0) {
      await this.open();
      throw new NoticeError(vscode.l10n.t('The rules have problems. Mend them first, then add another.'));
    }
    const edits = modify(text, ['rules', 0], rule, {
      isArrayInsertion: true,
      formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' },
    });
    await writeFileAtomic(this.inbox.rulesFile, applyEdits(text, edits));
    this.changed();
    await this.open();
  }

  /** How often each rule matched, above it. */
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.isRules(document)) return [];
    const { rules } = readRules(document.getText());
    const counts = timesMatched(rules, this.inbox.list());
    return rules.map(({ offset }, index) =>
      asLens(document.positionAt(offset), {
        title: vscode.l10n.t('{0} of the webhooks that are kept', counts[index] ?? 0),
        command: '',
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** What is there stays as it is. */
  private async make(): Promise<void> {
    if (!existsSync(this.inbox.rulesFile))
      await writeFileAtomic(this.inbox.rulesFile, await this.inbox.rules());
  }

  private changed(): void {
    this.tell().catch((error: unknown) => this.log.error(error, 'rules'));
  }

  /** Who begins to run the inbox asks what was not asked, or not answered, where it ran before. */
  private inboxChanged(): void {
    this.lensesMoved.fire();
    const { isRunning } = this.inbox;
    if (isRunning && !this.wasRunning) this.changed();
    this.wasRunning = isRunning;
  }

  private async tell(): Promise<void> {
    await this.inbox.tellChange();
    // The process of another window would not hear what is allowed in this one.
    if ((await this.inbox.state()).kind === 'elsewhere') return;
    const { rules } = readRules(await this.inbox.rules());
    for (const host of foreignHosts(rules)) {
      if (!this.inbox.trusted.includes(host)) this.askFor(host);
    }
  }

  /** Another machine than this one gets what users wrote: that is said once before. */
  private askFor(host: string): void {
    if (this.asked.has(host)) return;
    this.asked.add(host);
    const allow = vscode.l10n.t('Allow');
    const text = vscode.l10n.t('A rule sends webhooks on to {0}, which is not this machine.', host);
    void showNotice('warning', text, allow).then(async (chosen) => {
      if (chosen === allow) await this.inbox.trust(host);
      this.asked.delete(host);
    });
  }

  private isRules({ uri }: vscode.TextDocument): boolean {
    return uri.scheme === 'file' && uri.fsPath === this.uri.fsPath;
  }

  private check(document: vscode.TextDocument): void {
    if (!this.isRules(document)) return;
    this.lensesMoved.fire();
    const { problems } = readRules(document.getText());
    this.collection.set(
      document.uri,
      problems.map(
        (problem) => new vscode.Diagnostic(rangeIn(document, problem), plainText(ruleProblemText(problem))),
      ),
    );
  }
}
