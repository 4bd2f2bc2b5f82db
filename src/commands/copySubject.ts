import { randomInt } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatAddress, MessageAddress } from '../chat/address';
import { parseMsgKey } from '../chat/msgKey';
import type { MessageContent } from '../chat/chatMessage';
import type { Connections } from '../connections/connections';
import type { CopyArgument, RequestArgument } from '../contributions/arguments';
import { LIST_LANGUAGE, REQUEST_LANGUAGE } from '../contributions/ids';
import {
  callsAboutChat,
  callsAboutMessage,
  callsAboutUser,
  type CallAbout,
  type MessageOfCall,
} from '../copying/calls';
import { contentText } from '../copying/contentText';
import { messageTarget } from '../documents/activeMessage';
import { textOf, type Knowledge } from '../documents/knowledge';
import type { MessageDocuments } from '../documents/messageDocuments';
import { prettyPrint } from '../json/layout';
import { parseListUri } from '../listEditing/listUri';
import { formatItem } from '../lists/formatList';
import { itemAt, itemContent, itemText, memberRange, parseList } from '../lists/parseList';
import { sentContent } from '../message/sentContent';
import { blockAt } from '../requests/document';
import { requestsOf } from '../requestDocuments/parsed';
import type { RequestRoom } from '../requestDocuments/createRequests';
import { copiedKey } from '../ui/addressTexts';
import { NoticeError, NothingToDo } from '../ui/noticeError';
import { openDocument } from '../ui/openDocument';

/** What *Copy As…* works with. */
export interface CopyServices {
  readonly connections: Connections;
  readonly documents: MessageDocuments;
  readonly requests: () => Promise<RequestRoom>;
  readonly flush: (uri: vscode.Uri) => Promise<void>;
}

/** A text that something can be copied as. */
interface Piece {
  readonly label: string;
  readonly text: string;
}

/** What is to be copied. */
export interface CopySubject {
  /** Texts that are there as they are. */
  readonly pieces: readonly Piece[];
  /** Calls about it, the likeliest first; made when one is wanted, since a request has to be put together. */
  readonly calls?: () => Promise<readonly CallAbout[]>;
  /** The connection that it is reached by; undefined where none is known. */
  readonly connectionId: () => string | undefined;
  /** The request as its document has it. */
  readonly block?: string;
}

/**
 * Finds what is to be copied: what a menu names, else the request, the item or the message in view.
 *
 * @throws NoticeError where there is nothing
 */
export async function copySubject(services: CopyServices, what?: CopyArgument): Promise<CopySubject> {
  const uri = what instanceof vscode.Uri ? what : what && 'uri' in what ? what.uri : undefined;
  const editor = editorOf(uri, what === undefined);
  const languageId = editor?.document.languageId;
  if (editor && languageId === REQUEST_LANGUAGE) {
    const offset = what !== undefined && 'offset' in what ? what.offset : undefined;
    return ofRequest(services, editor, offset);
  }
  if (editor && languageId === LIST_LANGUAGE) return ofItem(editor);
  if (what && 'connectionId' in what && !('message' in what) && !('uri' in what)) return ofRow(what);
  const target = messageTarget(what);
  if (!target) throw nothingHere();
  const { ref } = target;
  await services.flush(target.uri);
  const known = ref && (await services.documents.get(ref));
  const open = openDocument(target.uri);
  const text = open?.getText() ?? (known && textOf(known));
  if (text === undefined) throw new NoticeError(vscode.l10n.t('The service does not show this message.'));
  const content = sentContent(text) ?? {};
  if (!ref) return { pieces: contentPieces(content), connectionId: () => undefined };
  return ofMessage({ address: ref.address, content, ...factsOf(ref.address, known) }, ref.connectionId);
}

/** The text editor of a document that is named, else the one in view: a page that is in view has none. */
function editorOf(uri: vscode.Uri | undefined, inView: boolean): vscode.TextEditor | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = inView ? (tab instanceof vscode.TabInputText ? tab.uri : undefined) : uri;
  const active = vscode.window.activeTextEditor;
  return shown && active?.document.uri.toString() === shown.toString() ? active : undefined;
}

function factsOf(
  address: MessageAddress,
  known: Knowledge | undefined,
): Pick<MessageOfCall, 'sender' | 'time'> & { flags: number } {
  const c2c = address.chat === 'c2c' ? address : undefined;
  const {
    time = c2c ? parseMsgKey(c2c.key)?.time : undefined,
    sender = c2c?.from,
    flags = 0,
  } = known?.facts ?? {};
  return { time: time ?? 0, sender: sender ?? '', flags };
}

function ofMessage(
  message: MessageOfCall & { flags: number },
  connectionId: string | undefined,
): CopySubject {
  const { address, sender } = message;
  const names =
    address.chat === 'c2c'
      ? [piece('MsgKey', copiedKey(address)), piece('UserID', address.from), piece('UserID', address.to)]
      : [
          piece('GroupId, MsgSeq', copiedKey(address)),
          piece('GroupId', address.group),
          ...(sender === '' ? [] : [piece('UserID', sender)]),
        ];
  return {
    pieces: [
      ...contentPieces(message.content),
      ...names,
      piece(vscode.l10n.t('Item of a List'), formatItem(message)),
    ],
    calls: () => Promise.resolve(callsAboutMessage(message, random())),
    connectionId: () => connectionId,
  };
}

function contentPieces(content: MessageContent): Piece[] {
  const { msgBody, cloudCustomData } = content;
  const words = contentText(content);
  return [
    ...(words === '' ? [] : [piece(vscode.l10n.t('Text'), words)]),
    ...(msgBody === undefined ? [] : [piece('MsgBody', prettyPrint(msgBody))]),
    ...(cloudCustomData === undefined ? [] : [piece('CloudCustomData', cloudCustomData)]),
  ];
}

function ofRow({
  connectionId,
  user,
  chat,
}: {
  readonly connectionId: string;
  readonly user?: string | undefined;
  readonly chat?: ChatAddress | undefined;
}): CopySubject {
  if (!chat && user === undefined) throw nothingHere();
  const c2c = chat?.chat === 'c2c' ? chat : undefined;
  const group = chat?.chat === 'group' ? chat : undefined;
  const users = chat ? (c2c ? [c2c.peer, c2c.user] : []) : [user ?? ''];
  return {
    pieces: [
      ...users.map((one) => piece('UserID', one)),
      ...(group ? [piece('GroupId', group.group)] : []),
      ...(group?.topic === undefined ? [] : [piece('TopicId', group.topic)]),
    ],
    calls: () => Promise.resolve(chat ? callsAboutChat(chat, random()) : callsAboutUser(user ?? '')),
    connectionId: () => connectionId,
  };
}

function ofItem({ document, selection }: vscode.TextEditor): CopySubject {
  const text = document.getText();
  const at = document.offsetAt(selection.active);
  const item = itemAt(parseList(text), at);
  if (!item) throw new NothingToDo(vscode.l10n.t('Put the cursor into the message that is to be copied.'));
  const content = itemContent(text, item);
  const whole = piece(vscode.l10n.t('Item of a List'), itemText(text, item));
  const connectionId = parseListUri(document.uri)?.connectionId;
  const { address } = item;
  if (!address) return { pieces: [...contentPieces(content), whole], connectionId: () => connectionId };
  const told = (name: string): unknown => {
    const range = memberRange(item, name);
    return range && (JSON.parse(text.slice(range.offset, range.offset + range.length)) as unknown);
  };
  const [time, sender] = [told('MsgTimeStamp'), told('From_Account')];
  const known = {
    sender: typeof sender === 'string' ? sender : '',
    time: typeof time === 'number' ? time : factsOf(address, undefined).time,
  };
  const subject = ofMessage({ address, content, ...known, flags: 0 }, connectionId);
  return { ...subject, pieces: [...subject.pieces.slice(0, -1), whole] };
}

async function ofRequest(
  services: CopyServices,
  { document, selection }: vscode.TextEditor,
  offset: RequestArgument['offset'] | undefined,
): Promise<CopySubject> {
  const requests = requestsOf(document);
  const block = blockAt(requests, offset ?? document.offsetAt(selection.active));
  if (!block) throw new NothingToDo(vscode.l10n.t('There is no request here.'));
  const { sender } = await services.requests();
  let connectionId: string | undefined;
  return {
    pieces: block.body ? [piece(vscode.l10n.t('Body'), block.body.text)] : [],
    calls: async () => {
      const { connection, composed } = await sender.composed(document, requests, block, 'copy');
      connectionId = connection.id;
      return [composed];
    },
    connectionId: () => connectionId,
    block: requests.text.slice(block.offset, block.offset + block.length).trim() + '\n',
  };
}

function nothingHere(): NoticeError {
  return new NothingToDo(vscode.l10n.t('There is nothing here that could be copied.'));
}

/** @param label a name of the service's, or localised */
function piece(label: string, text: string): Piece {
  return { label, text };
}

function random(): number {
  return randomInt(1, 2 ** 32);
}
