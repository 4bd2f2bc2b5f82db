import * as vscode from 'vscode';
import { lookUpCode } from '../chat/catalogue';
import { isClientCode } from '../chat/clientCodes';
import { pageIn } from '../chat/docPages';
import { examineUserSig } from '../chat/signatures/examine';
import { asData } from '../modelTools/asData';
import { checkedText } from '../modelTools/checked';
import { told } from '../modelTools/told';
import { reportOf } from '../signatures/report';
import { wordsLanguage } from '../ui/language';
import type { Tool } from './tool';
import type { ToolServices } from './toolServices';

/** *Check a message*: what the service would refuse of a text that the language model has. */
export function checkMessage(): Tool<'tencentChat_checkMessage'> {
  return {
    run: ({ text }) => {
      const { messages, problems, json } = checkedText(text, {
        t: vscode.l10n.t,
        language: vscode.env.language,
      });
      if (messages === 0) return told.noMessage;
      if (problems === 0) return told.noProblem(messages);
      return asData([told.problems(messages, problems)], json);
    },
  };
}

/** *Explain a code* of the service or of its client SDKs. */
export function explainCode({ codeTexts }: ToolServices): Tool<'tencentChat_explainCode'> {
  return {
    run: ({ code, call }) => {
      const entry = lookUpCode(code);
      const ofClient = !entry && isClientCode(code);
      const text = ofClient ? codeTexts.ofClient(code) : codeTexts.of(code, call);
      if (!text) return told.notDocumented(code);
      const page = entry?.link;
      return [
        `${code}: ${text.meaning}`,
        text.remedy,
        ...(entry ? [told.calls(entry.apis)] : [told.ofClient]),
        ...(page === undefined ? [] : [pageIn(page, wordsLanguage())]),
      ]
        .filter((line) => line !== '')
        .join('\n');
    },
  };
}

/** Longer than any UserID may be (32 bytes), and shorter than any UserSig or key. */
const LONG_WORD = /[A-Za-z0-9*\-_+/=%]{33,}/g;

/**
 * *Examine a UserSig*, over the keys of every connection that has one. Nobody is asked, since a question that is declined
 * makes VS Code 1.100 write the input into its log; nothing leaves this machine but the findings, and no part of
 * the UserSig is among them: words as long as one are left out of the report, whatever they are.
 */
export function examineUserSigTool({
  connections,
  codeTexts,
}: ToolServices): Tool<'tencentChat_examineUserSig'> {
  return {
    run: async ({ userSig }) => {
      const now = Date.now();
      const examination = examineUserSig(userSig, {
        now,
        clockOffsetMs: connections.clockOffsetMs,
        signers: await connections.signers(),
      });
      const subject = vscode.l10n.t('as pasted');
      const report = reportOf({ ...examination, mended: undefined }, subject, codeTexts, now);
      const lines = report.replace(LONG_WORD, '…').split('\n');
      return asData([told.examined], JSON.stringify(lines.filter(Boolean), null, 1));
    },
  };
}
