import { randomInt, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatClient } from '../chat/client';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { compose, ComposeError, type Composed } from '../requests/compose';
import { directiveOf, titleOf, type Block, type RequestDocument } from '../requests/document';
import { effectOf } from '../requests/effect';
import { judge } from '../requests/expect';
import type { Sources } from '../requests/variables';
import type { Confirmations } from '../modifying/confirmations';
import { NoticeError } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { rangeIn } from '../ui/ranges';
import type { Answers, CallAnswer, GotAnswer } from './answers';
import type { ModifySender, ReadyCall } from './modifySender';
import { connectionNameOf } from './parsed';
import type { RequestProblems } from './requestProblems';
import { requestProblemText } from './requestTexts';
import { maySend } from './sendQuestion';

/** What sending works with. */
export interface SenderServices {
  readonly connections: Connections;
  /** What modifying asks with, loaded with the first call that changes something. */
  readonly confirmations: () => Promise<{ readonly confirmations: Confirmations }>;
  readonly modifies: () => Promise<ModifySender>;
  readonly problems: Pick<RequestProblems, 'refused' | 'taken'>;
  readonly answers: Pick<Answers, 'keep' | 'of'>;
  /** Lets the person choose a connection where the document names none. */
  readonly choose: () => Promise<Connection>;
  /** Whether the person trusts the workspace. */
  readonly isTrusted: () => boolean;
  /** Where `{{$processEnv NAME}}` is read from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Sends blocks of request documents. The document says which call and which body; where it goes, and with which
 * signature, is the connection's alone.
 */
export class RequestSender {
  /** What the person chose for a document that names no connection. */
  private readonly chosen = new Map<string, string>();
  private readonly underWay = new Set<AbortController>();

  constructor(private readonly services: SenderServices) {}

  /** Aborts all that is under way. @returns how many requests that were */
  stop(): number {
    const { size } = this.underWay;
    for (const controller of this.underWay) controller.abort();
    return size;
  }

  /** A document is gone: for the next one of its name nothing was chosen. */
  forget(document: vscode.Uri): void {
    this.chosen.delete(document.toString());
  }

  /**
   * Sends one block, with the questions that its call asks for, and keeps the answer.
   *
   * @param onLeave called when nothing is asked any more and the request leaves
   * @returns undefined when the person declined
   * @throws NoticeError for what cannot be sent, and what the client throws
   */
  async send(
    document: vscode.TextDocument,
    requests: RequestDocument,
    block: Block,
    onLeave?: () => void,
  ): Promise<GotAnswer | undefined> {
    if (!this.services.isTrusted()) {
      throw new NoticeError(
        vscode.l10n.t(
          'Nothing is sent from a workspace that is not trusted, and nothing of the environment is read.',
        ),
        [
          {
            title: vscode.l10n.t('Manage Workspace Trust'),
            command: 'workbench.trust.manage',
            arguments: [],
          },
        ],
      );
    }
    const { connections } = this.services;
    const { connection, composed } = await this.composed(document, requests, block);
    const { command, body } = composed;
    const client = await connections.client(connection.id, { interactive: true });
    // A read-only connection refuses before anybody is asked.
    client.demand(command);
    const started = Date.now();
    const call: ReadyCall = {
      ...composed,
      answered: async (signal) => {
        onLeave?.();
        const left = performance.now();
        const answer = await client.answer(command, body, signal);
        return { ...answer, durationMs: performance.now() - left };
      },
    };
    const answer = await this.answered(connection, client, call, titleOf(block));
    if (!answer) return undefined;
    const got: GotAnswer = {
      title: titleOf(block),
      connection: connection.name,
      command,
      ...answer,
      verdicts: judge(block, answer.text),
      at: started,
    };
    this.services.answers.keep(document.uri, directiveOf(block, 'name')?.text, got);
    // What was typed meanwhile is another text than the one that was refused.
    if (document.getText() !== requests.text) return got;
    if (got.refusal) {
      const { refusal: error } = got;
      this.services.problems.refused(document, block, { error, connectionId: connection.id, body });
    } else this.services.problems.taken(document, block);
    return got;
  }

  private async answered(
    connection: Connection,
    client: ChatClient,
    call: ReadyCall,
    title: string,
  ): Promise<CallAnswer | undefined> {
    const { command, body } = call;
    const abort = new AbortController();
    this.underWay.add(abort);
    try {
      if (effectOf(command) === 'modify')
        return await (await this.services.modifies()).send(connection, client, call, abort.signal);
      if (effectOf(command) !== 'read') {
        const { confirmations } = await this.services.confirmations();
        if (!(await maySend(connection, command, body, confirmations))) return undefined;
      }
      return await withProgress(vscode.l10n.t('Sending {0}', title), ({ signal }) =>
        call.answered(AbortSignal.any([signal, abort.signal])),
      );
    } finally {
      this.underWay.delete(abort);
    }
  }

  /**
   * What is sent of a block, and through which connection. For what is copied nothing of the environment is read: its
   * values may be secrets.
   *
   * @throws NoticeError when something that it is made of is missing
   */
  async composed(
    document: vscode.TextDocument,
    requests: RequestDocument,
    block: Block,
    purpose: 'send' | 'copy' = 'send',
  ): Promise<{ readonly connection: Connection; readonly composed: Composed }> {
    const connection = await this.connectionOf(document, requests, block);
    try {
      const sources = this.sources(document.uri, connection, purpose);
      return { connection, composed: compose(requests, block, sources) };
    } catch (error) {
      if (!ComposeError.is(error)) throw error;
      show(document, rangeIn(document, error.range));
      const why = requestProblemText(error.problem, error.subject);
      throw new NoticeError(
        purpose === 'send' ? vscode.l10n.t('Not sent: {0}', why) : vscode.l10n.t('Not copied: {0}', why),
        [],
        { cause: error },
      );
    }
  }

  private sources(uri: vscode.Uri, connection: Connection, purpose: 'send' | 'copy'): Sources {
    const { endpoint, sdkAppId, administrator } = connection;
    return {
      connection: { endpoint, sdkappid: String(sdkAppId), identifier: administrator },
      answer: (name) => this.services.answers.of(uri, name),
      environment: (name) =>
        purpose === 'send' && this.services.isTrusted() ? this.services.environment[name] : undefined,
      now: Date.now,
      // Node makes no more than 2^48 at once.
      randomInt: (min, max) => (max - min < 2 ** 48 ? randomInt(min, max) : min),
      guid: randomUUID,
    };
  }

  private async connectionOf(
    { uri }: vscode.TextDocument,
    requests: RequestDocument,
    block: Block,
  ): Promise<Connection> {
    const { connections, choose } = this.services;
    const name = connectionNameOf(requests, block);
    if (name === undefined) {
      const kept = this.chosen.get(uri.toString());
      const connection = (kept === undefined ? undefined : connections.get(kept)) ?? (await choose());
      this.chosen.set(uri.toString(), connection.id);
      return connection;
    }
    await connections.prepare();
    const named = connections.list().filter((one) => one.name === name);
    const [connection] = named;
    if (connection && named.length === 1) return connection;
    throw new NoticeError(vscode.l10n.t('Not sent: {0}', requestProblemText('noConnection', name)));
  }
}

function show(document: vscode.TextDocument, range: vscode.Range): void {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  if (!editor) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range);
}
