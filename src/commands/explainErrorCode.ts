import * as vscode from 'vscode';
import { allCodes, type CodeEntry } from '../chat/catalogue';
import type { CommandHandlers } from '../contributions/commands';
import type { CodeTexts } from '../ui/codeTexts';

interface CodeItem extends vscode.QuickPickItem {
  readonly entry: CodeEntry;
}

/** What *Explain Error Code…* works with. */
export interface ExplainServices {
  readonly codeTexts: CodeTexts;
}

/** *Explain Error Code…*: searches the catalogue by number, meaning, remedy or call. */
export function explainErrorCodeCommand({
  codeTexts,
}: ExplainServices): Pick<CommandHandlers, 'errorCodeExplain'> {
  return { errorCodeExplain: (code) => explain(codeTexts, code) };
}

async function explain(texts: CodeTexts, code: number | undefined): Promise<void> {
  const items = allCodes().map((entry) => codeItem(entry, texts));
  const picker = vscode.window.createQuickPick<CodeItem>();
  picker.title = vscode.l10n.t('Error Codes of Tencent Cloud Chat');
  picker.placeholder = vscode.l10n.t('A code, or words from its meaning; Enter opens its documentation');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  const active = items.find(({ entry }) => code !== undefined && covers(entry, code));
  if (code !== undefined) picker.value = String(active?.entry.code ?? code);
  const chosen = await new Promise<CodeItem | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  if (chosen?.entry.link) await vscode.env.openExternal(vscode.Uri.parse(chosen.entry.link));
}

function codeItem(entry: CodeEntry, texts: CodeTexts): CodeItem {
  const text = texts.of(entry.code);
  const calls = entry.apis.join(', ');
  return {
    entry,
    label: entry.codeTo === undefined ? String(entry.code) : `${entry.code}–${entry.codeTo}`,
    description: text?.meaning ?? '',
    detail: [text?.remedy, calls].filter(Boolean).join(' · '),
  };
}

function covers({ code, codeTo }: CodeEntry, asked: number): boolean {
  return asked >= code && asked <= (codeTo ?? code);
}
