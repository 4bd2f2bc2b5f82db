import * as vscode from 'vscode';
import { findGuide } from '../chat/calls/guide';
import type { JsonFeatures } from '../editor/jsonFeatures';
import { blockAt, linesOf, requestLineOf } from '../requests/document';
import { effectOf } from '../requests/effect';
import { memberAt } from '../requests/members';
import { answerReference, referencesIn } from '../requests/variables';
import { nodeAtPath, nodeText, parseStrict } from '../json/tree';
import { wordsLanguage } from '../ui/language';
import { rangeIn } from '../ui/ranges';
import { Tooltip } from '../ui/tooltip';
import { typeText } from './completion';
import { bodyPlaceAt, commandOf, describedOf, onlyBody } from './places';
import { requestsOf } from './parsed';

/** What hovers work with. */
export interface HoverServices {
  readonly json: () => Promise<JsonFeatures>;
  /** The answer that a named request of a document got last. */
  readonly answer: (document: vscode.Uri, name: string) => string | undefined;
}

/** What is known of a call, a member, or a value, where the mouse rests. */
export class RequestHover implements vscode.HoverProvider {
  constructor(private readonly services: HoverServices) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const offset = document.offsetAt(position);
    const reference = this.reference(document, offset);
    if (reference) return reference;
    const place = bodyPlaceAt(document, position);
    if (!place) return callHover(document, offset);
    const { path, isAtPropertyKey } = place.location;
    const type = memberAt(describedOf(place), path);
    if (isAtPropertyKey && type !== undefined) {
      return new vscode.Hover(new Tooltip().heading(String(path.at(-1))).text(typeText(type)).markdown);
    }
    return (await this.services.json()).explain(document.uri, onlyBody(document, place), position);
  }

  /** What a reference stands for, where that is no value of the environment. */
  private reference(document: vscode.TextDocument, offset: number): vscode.Hover | undefined {
    const found = referencesIn(document.getText()).find(
      (one) => one.offset <= offset && offset <= one.offset + one.length,
    );
    if (!found) return undefined;
    const { expression } = found;
    const value = this.valueOf(document, expression);
    const tooltip = new Tooltip().heading(expression);
    tooltip.text(value ?? vscode.l10n.t('It is made when the request is sent.'));
    return new vscode.Hover(tooltip.markdown, rangeIn(document, found));
  }

  private valueOf(document: vscode.TextDocument, expression: string): string | undefined {
    const reference = answerReference(expression);
    if (!reference) {
      const lines = linesOf(requestsOf(document).blocks, 'variable');
      return lines.find(({ name }) => name.text === expression)?.value.text;
    }
    const answer = this.services.answer(document.uri, reference.request);
    if (answer === undefined) return vscode.l10n.t('The answer is not there yet.');
    if (reference.path === '*') return answer;
    const node = nodeAtPath(parseStrict(answer), [...reference.path]);
    return node ? nodeText(answer, node) : vscode.l10n.t('The answer has nothing at {0}.', expression);
  }
}

function callHover(document: vscode.TextDocument, offset: number): vscode.Hover | undefined {
  const block = blockAt(requestsOf(document), offset);
  const line = block && requestLineOf(block);
  const command = block && commandOf(block);
  if (!line || command === undefined || offset < line.offset || offset > line.offset + line.length)
    return undefined;
  const guide = findGuide(command);
  if (!guide) return undefined;
  const { spec, purpose } = guide;
  const tooltip = new Tooltip().heading(spec.name).text(purpose[wordsLanguage()]).text(effectText(command));
  tooltip.fact(vscode.l10n.t('Calls a second'), spec.perSecond);
  for (const [name, type] of Object.entries(spec.body)) tooltip.fact(name, typeText(type));
  if (spec.doc !== undefined) tooltip.rule().link(vscode.l10n.t('Documentation'), spec.doc);
  return new vscode.Hover(tooltip.markdown, rangeIn(document, line.url));
}

function effectText(command: string): string {
  switch (effectOf(command)) {
    case 'read':
      return vscode.l10n.t('It changes nothing.');
    case 'write':
      return vscode.l10n.t('It writes: a test app and production ask before.');
    case 'modify':
      return vscode.l10n.t(
        'It overwrites a message: what was there is kept in the journal, and can be brought back.',
      );
    case 'remove':
      return vscode.l10n.t('It cannot be undone: it is always asked about.');
  }
}
