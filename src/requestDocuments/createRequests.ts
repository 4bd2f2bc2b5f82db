import * as vscode from 'vscode';
import type { ChatMessage } from '../chat/chatMessage';
import type { ChatServiceError } from '../chat/errors';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { Modifier } from '../modify/modifier';
import type { Confirmations } from '../modifying/confirmations';
import type { JsonFeatures } from '../editor/jsonFeatures';
import { titleOf, type Block } from '../requests/document';
import type { Notices } from '../ui/notices';
import type { Pages } from '../ui/pages';
import type { Own } from '../ui/room';
import { RequestCompletion } from './completion';
import { RequestHover } from './hover';
import { Answers, type GotAnswer } from './answers';
import { RequestLayout } from './layout';
import { RequestLenses } from './lenses';
import { ModifySender } from './modifySender';
import { requestsOf } from './parsed';
import { RequestProblems } from './requestProblems';
import { RequestTests } from './requestTests';
import { RequestSender } from './sender';

/** What request documents work with. */
export interface RequestServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly modifying: () => Promise<{ readonly modifier: Modifier; readonly confirmations: Confirmations }>;
  /** VS Code's own JSON features for messages. */
  readonly json: () => Promise<JsonFeatures>;
  readonly notices: Notices;
  readonly pages: Pages;
  readonly choose: () => Promise<Connection>;
  /** The messages of a connection that the tree has read. */
  readonly messages: (connectionId: string) => readonly ChatMessage[];
}

/** Everything around request documents. */
export interface RequestRoom {
  readonly connections: Connections;
  readonly layout: RequestLayout;
  readonly lenses: RequestLenses;
  readonly completion: RequestCompletion;
  readonly hover: RequestHover;
  readonly problems: RequestProblems;
  readonly answers: Answers;
  readonly sender: RequestSender;
  /** Sends a block and shows its answer. @returns undefined when the person declined, or it could not be sent */
  sendAndShow(document: vscode.TextDocument, block: Block): Promise<GotAnswer | undefined>;
}

/** Puts what concerns request documents together. */
export function createRequests(own: Own, services: RequestServices): RequestRoom {
  const { connections, documents, notices, pages, choose } = services;
  const refusalText = (error: ChatServiceError): string => notices.message(error);
  const problems = own(
    new RequestProblems({ connectionNames: () => connections.list().map(({ name }) => name), refusalText }),
  );
  own(
    connections.onDidChange(({ what }) => {
      if (what === 'list') problems.checkAll();
    }),
  );
  const answers = new Answers(pages, notices);
  const sender = new RequestSender({
    connections,
    problems,
    answers,
    choose,
    isTrusted: () => vscode.workspace.isTrusted,
    environment: process.env,
    confirmations: services.modifying,
    modifies: async () => new ModifySender({ ...(await services.modifying()), documents, notices }),
  });
  own(
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme !== 'untitled') return;
      answers.forget(uri);
      sender.forget(uri);
    }),
  );
  const tests = own(
    new RequestTests(
      (document, block) => sender.send(document, requestsOf(document), block),
      (error) => notices.message(error),
    ),
  );
  return {
    ...{ connections, problems, answers, sender },
    layout: new RequestLayout(),
    lenses: new RequestLenses(),
    completion: new RequestCompletion({ connections, json: services.json, messages: services.messages }),
    hover: new RequestHover({ json: services.json, answer: (uri, name) => answers.of(uri, name) }),
    async sendAndShow(document, block) {
      const requests = requestsOf(document);
      return answers.shown(titleOf(block), async (onLeave) => {
        const answer = await sender.send(document, requests, block, onLeave);
        if (answer) tests.tell(document, { requests, block }, answer);
        return answer;
      });
    },
  };
}
