import * as vscode from 'vscode';
import { findSpec } from '../chat/calls/specs';
import { lookUpCode, type CodeAction, type CodeEntry, type CodeOutcome } from '../chat/catalogue';
import { isClientCode } from '../chat/clientCodes';
import { pageIn } from '../chat/docPages';
import type { CodeTexts } from '../ui/codeTexts';
import { wordsLanguage } from '../ui/language';

/** The page of the client SDKs' codes. */
const CLIENT_CODES = 'https://trtc.io/document/34348';

/** What is told of a code, before it is put on a page. */
export interface CodePage {
  readonly code: number;
  readonly heading: string;
  readonly meaning: string;
  readonly parts: readonly CodePart[];
  /** Whether a REST call can be answered with it, and so by the sandbox. */
  readonly canBeTried: boolean;
}

/** A heading and what stands below it; `ordered` where the first counts most. */
export interface CodePart {
  readonly heading: string;
  readonly kind: 'text' | 'list' | 'ordered';
  readonly lines: readonly CodeLine[];
}

/** A line, and the page of the service that it leads to. */
export interface CodeLine {
  readonly text: string;
  readonly link?: string;
}

/** All that is known of a code, in the reader's language; also of one that nobody documented. */
export function codePage(code: number, texts: CodeTexts): CodePage {
  const entry = lookUpCode(code);
  if (!entry && isClientCode(code)) return clientPage(code, texts);
  const text = texts.of(code);
  return {
    code,
    heading: headingOf(code, entry),
    meaning: text?.meaning ?? vscode.l10n.t('No page of the service names this code.'),
    parts: told([
      helping(
        text?.remedy ?? vscode.l10n.t('Its ErrorInfo may say more. The log has the request and the answer.'),
      ),
      {
        heading: vscode.l10n.t('What may be the cause, the likeliest first'),
        kind: 'ordered',
        lines: causesOf(entry).map((cause) => ({ text: cause })),
      },
      textPart(vscode.l10n.t('What became of the call'), outcomeText(entry?.outcome ?? 'doubt')),
      { heading: vscode.l10n.t('Calls that answer with it'), kind: 'list', lines: callsOf(entry) },
      documentation(entry?.link),
    ]),
    canBeTried: true,
  };
}

function clientPage(code: number, texts: CodeTexts): CodePage {
  const text = texts.ofClient(code);
  return {
    code,
    heading: String(code),
    meaning: text?.meaning ?? '',
    parts: told([
      helping(text?.remedy ?? ''),
      textPart(
        vscode.l10n.t('Calls that answer with it'),
        vscode.l10n.t('None: it is a code of the client SDK, which no REST call is answered with.'),
      ),
      documentation(CLIENT_CODES),
    ]),
    canBeTried: false,
  };
}

/** Without those that have nothing to tell. */
function told(parts: readonly CodePart[]): CodePart[] {
  return parts.filter(({ lines }) => lines.some(({ text }) => text !== ''));
}

function textPart(heading: string, text: string): CodePart {
  return { heading, kind: 'text', lines: [{ text }] };
}

function helping(remedy: string): CodePart {
  return textPart(vscode.l10n.t('What helps'), remedy);
}

function documentation(link: string | undefined): CodePart {
  const page = link === undefined ? undefined : pageIn(link, wordsLanguage());
  return {
    heading: vscode.l10n.t('Documentation'),
    kind: 'text',
    lines: page === undefined ? [] : [{ text: page, link: page }],
  };
}

function headingOf(code: number, entry: CodeEntry | undefined): string {
  return entry?.codeTo === undefined ? String(code) : `${code} (${entry.code}–${entry.codeTo})`;
}

/** Stands behind a call of which no document says that it answers so. */
const INFERRED = / \(inferred\)$/;

/** The calls of the catalogue, each with the page that describes it. */
function callsOf(entry: CodeEntry | undefined): CodeLine[] {
  return (entry?.apis ?? []).map((api) => {
    if (api.startsWith('*')) return { text: vscode.l10n.t('Every call') };
    const name = api.replace(INFERRED, '');
    const text = name === api ? name : vscode.l10n.t('{0} (inferred)', name);
    const doc = findSpec(name)?.doc;
    return doc === undefined ? { text } : { text, link: pageIn(doc, wordsLanguage()) };
  });
}

/** What the catalogue offers against a code stands in the order of its causes, the likeliest first. */
function causesOf(entry: CodeEntry | undefined): string[] {
  const causes = (entry?.actions ?? []).flatMap((action) => causeText(action) ?? []);
  const place = entry?.place;
  return place === undefined || place === 'document'
    ? causes
    : [placeText(place === 'element' ? 'MsgBody' : place), ...causes];
}

function placeText(place: string): string {
  return vscode.l10n.t('{0} of the request is not as the service wants it.', place);
}

function causeText(action: CodeAction): string | undefined {
  switch (action) {
    case 'signAgain':
      return vscode.l10n.t('The signature is not valid any more: it expired, or the clocks differ.');
    case 'enterSecret':
      return vscode.l10n.t('The key or the UserSig that is stored here is not the one of the app.');
    case 'editConnection':
      return vscode.l10n.t('SDKAppID, administrator or endpoint of the connection are not those of the app.');
    case 'changeRegion':
      return vscode.l10n.t('The app lives in another data centre than the one that was called.');
    case 'importAccount':
      return vscode.l10n.t('An account that the request names is not in the app.');
    case 'compare':
      return vscode.l10n.t('Somebody else changed the message meanwhile.');
    case 'reload':
      return vscode.l10n.t('The message is not what it was when it was read: changed, recalled or gone.');
    case 'retry':
      return vscode.l10n.t('The service is busy or has a fault of its own, and that passes.');
    case 'openLog':
      return undefined;
  }
}

function outcomeText(outcome: CodeOutcome): string {
  switch (outcome) {
    case 'refused':
      return vscode.l10n.t('Nothing was done, and the same request gets the same answer.');
    case 'notDone':
      return vscode.l10n.t('Nothing was done. Later the same request may be carried out.');
    case 'doubt':
      return vscode.l10n.t('Nobody promises that nothing was done: look at what the service shows.');
  }
}
