import * as vscode from 'vscode';
import { findSpec } from '../chat/calls/specs';
import { lookUpCode, type CodeAction, type CodeEntry, type CodeOutcome } from '../chat/catalogue';
import { isClientCode } from '../chat/clientCodes';
import { pageIn } from '../chat/docPages';
import type { CodeTexts } from '../ui/codeTexts';
import { wordsLanguage } from '../ui/language';

/** The page of the client SDKs' codes. */
const CLIENT_CODES = 'https://trtc.io/document/34348';

/** A page that explains a code, as Markdown. */
export interface CodePage {
  /** Its path among the pages. */
  readonly name: string;
  readonly text: string;
}

/** The code that a page explains which {@link codePage} made, if a REST call can be answered with it. */
export function codeOfPage({ path }: vscode.Uri): number | undefined {
  const code = /^\/error-codes\/(\d+)\.md$/.exec(path)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** All that is known of a code, in the reader's language; also of one that nobody documented. */
export function codePage(code: number, texts: CodeTexts): CodePage {
  const entry = lookUpCode(code);
  if (!entry && isClientCode(code)) return clientPage(code, texts);
  const text = texts.of(code);
  const parts: readonly Part[] = [
    [
      vscode.l10n.t('What helps'),
      text?.remedy ?? vscode.l10n.t('Its ErrorInfo may say more. The log has the request and the answer.'),
    ],
    [vscode.l10n.t('What may be the cause, the likeliest first'), numbered(causesOf(entry))],
    [vscode.l10n.t('What became of the call'), outcomeText(entry?.outcome ?? 'doubt')],
    [vscode.l10n.t('Calls that answer with it'), listed(callsOf(entry))],
    [vscode.l10n.t('Documentation'), entry?.link === undefined ? '' : pageIn(entry.link, wordsLanguage())],
  ];
  const meaning = text?.meaning ?? vscode.l10n.t('No page of the service names this code.');
  return { name: `error-codes/${code}.md`, text: written(headingOf(code, entry), meaning, parts) };
}

function clientPage(code: number, texts: CodeTexts): CodePage {
  const text = texts.ofClient(code);
  const parts: readonly Part[] = [
    [vscode.l10n.t('What helps'), text?.remedy ?? ''],
    [
      vscode.l10n.t('Calls that answer with it'),
      vscode.l10n.t('None: it is a code of the client SDK, which no REST call is answered with.'),
    ],
    [vscode.l10n.t('Documentation'), pageIn(CLIENT_CODES, wordsLanguage())],
  ];
  return { name: `client-codes/${code}.md`, text: written(String(code), text?.meaning ?? '', parts) };
}

type Part = readonly [heading: string, text: string];

function written(heading: string, meaning: string, parts: readonly Part[]): string {
  const told = parts.filter(([, text]) => text !== '').map(([name, text]) => `## ${name}\n\n${text}`);
  return `${[`# ${heading}`, meaning, ...told].join('\n\n')}\n`;
}

function headingOf(code: number, entry: CodeEntry | undefined): string {
  return entry?.codeTo === undefined ? String(code) : `${code} (${entry.code}–${entry.codeTo})`;
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** The calls of the catalogue, each with the page that describes it. */
function callsOf(entry: CodeEntry | undefined): string[] {
  return (entry?.apis ?? []).map((api) => {
    if (api.startsWith('*')) return vscode.l10n.t('Every call');
    const doc = findSpec(api)?.doc;
    return doc === undefined ? api : `${api}: ${pageIn(doc, wordsLanguage())}`;
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
