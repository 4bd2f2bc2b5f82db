import * as vscode from 'vscode';
import { allCodes, lookUpCode, type CodeEntry } from '../chat/catalogue';
import { explainedClientCodes, isClientCode } from '../chat/clientCodes';
import { codesInText } from '../chat/codesInText';
import type { Connections } from '../connections/connections';
import type { CommandHandlers } from '../contributions/commands';
import type { CodeTexts } from '../ui/codeTexts';
import { createList } from '../ui/wizard';
import { codePage } from './errorCodePage';
import { ErrorCodePanel } from './errorCodePanel';
import { tryErrorCode } from './tryErrorCode';

export { ErrorCodePanel };

interface CodeItem extends vscode.QuickPickItem {
  readonly code: number;
}

/** What *Explain Error Code…* works with. */
export interface ExplainServices {
  readonly codeTexts: CodeTexts;
  readonly panel: ErrorCodePanel;
  readonly connections: () => Promise<Connections>;
}

/** *Explain Error Code…*: searches the catalogue by number, meaning, remedy or call, and shows a page of what was chosen. */
export function explainErrorCodeCommand({
  codeTexts,
  panel,
  connections,
}: ExplainServices): Pick<CommandHandlers, 'errorCodeExplain' | 'errorCodeTryInSandbox'> {
  return {
    errorCodeExplain: async (given) => {
      const code = given ?? (await choose(codeTexts));
      if (code === undefined) return;
      panel.show(codePage(code, codeTexts));
    },
    errorCodeTryInSandbox: async (given) =>
      tryErrorCode(await connections(), typeof given === 'number' ? given : panel.code),
  };
}

/** @returns the code that the person chose; undefined when they closed the list */
async function choose(texts: CodeTexts): Promise<number | undefined> {
  const all = [
    ...allCodes().map((entry) => codeItem(entry, texts)),
    ...explainedClientCodes.map((client) => clientItem(client, texts)),
  ];
  const picker = createList<CodeItem>(
    vscode.l10n.t('Error Codes of Tencent Cloud Chat'),
    vscode.l10n.t('A code, an answer or a line of a log that holds one, or words; Enter explains it'),
  );
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const update = (text: string): void => {
    const told = codesInText(text).map((one) => ({ ...itemOf(one, texts), alwaysShow: true }));
    picker.items = told.length > 0 ? [...told, ...all.filter((item) => !isAmong(told, item))] : all;
    const [first] = told;
    if (first) picker.activeItems = [first];
  };
  picker.onDidChangeValue(update);
  picker.value = selectedCodes();
  update(picker.value);
  const chosen = await new Promise<CodeItem | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  return chosen?.code;
}

/** What is selected in the text editor, where that holds a code. */
function selectedCodes(): string {
  const editor = vscode.window.activeTextEditor;
  const codes = editor ? codesInText(editor.document.getText(editor.selection)) : [];
  return codes.length > 0 ? codes.join(' ') : '';
}

function isAmong(items: readonly CodeItem[], { label }: CodeItem): boolean {
  return items.some((item) => item.label === label);
}

/** The row of any code, also of one that nobody documented. */
function itemOf(code: number, texts: CodeTexts): CodeItem {
  const entry = lookUpCode(code);
  if (entry) {
    const item = codeItem(entry, texts);
    return entry.codeTo === undefined ? item : { ...item, code, label: `${code} (${item.label})` };
  }
  if (isClientCode(code)) return clientItem(code, texts);
  return {
    label: String(code),
    description: vscode.l10n.t('Not documented'),
    detail: vscode.l10n.t('No page of the service names this code. Its ErrorInfo may say more.'),
    code,
  };
}

function codeItem(entry: CodeEntry, texts: CodeTexts): CodeItem {
  const text = texts.of(entry.code);
  const calls = entry.apis.join(', ');
  return {
    label: entry.codeTo === undefined ? String(entry.code) : `${entry.code}–${entry.codeTo}`,
    description: text?.meaning ?? '',
    detail: [text?.remedy, calls].filter(Boolean).join(' · '),
    code: entry.code,
  };
}

function clientItem(code: number, texts: CodeTexts): CodeItem {
  const text = texts.ofClient(code);
  return {
    label: String(code),
    description: text?.meaning ?? '',
    detail: [text?.remedy, vscode.l10n.t('a code of the client SDK')].filter(Boolean).join(' · '),
    code,
  };
}
