import * as vscode from 'vscode';
import type { KeySlip } from '../chat/signatures/signer';

/** How a key was mistaken, as a part of a sentence. */
export function slipText(slip: string): string {
  switch (slip as KeySlip) {
    case 'lineBreak':
      return vscode.l10n.t('with a line break at its end');
    case 'blanks':
      return vscode.l10n.t('with or without blanks around it');
    case 'quotes':
      return vscode.l10n.t('with quotes around it');
    case 'letters':
      return vscode.l10n.t('in upper or lower case');
    case 'bytes':
      return vscode.l10n.t('decoded to bytes; the key is used as the text it is');
  }
}
