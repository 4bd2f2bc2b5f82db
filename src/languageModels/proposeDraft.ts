import * as vscode from 'vscode';
import { isRecalled } from '../chat/chatMessage';
import { isDirty } from '../documents/dirtyTracker';
import { replaceIfStill } from '../documents/editDocument';
import { textOf } from '../documents/knowledge';
import { messageUri } from '../documents/messageRef';
import { checkMessage } from '../message/checks';
import { changedMembers } from '../message/changes';
import { formatMessage } from '../message/document';
import { asData } from '../modelTools/asData';
import { problemsJson } from '../modelTools/checked';
import { addressOfInput, contentOfInput, type ToolInput } from '../modelTools/inputs';
import { told } from '../modelTools/told';
import { keyText } from '../ui/addressTexts';
import { messageName } from '../ui/messageName';
import { textLimits } from '../ui/plainText';
import { connectionFact } from './conversations';
import { demanded, type Tool } from './tool';
import { readableConnection, ToolRefusal, type ToolServices } from './toolServices';

type Input = ToolInput<'tencentChat_proposeDraft'>;

/**
 * *Propose a draft*: writes a draft on this machine and shows its change. Never over a draft or unsaved text, of whichever
 * window; and nothing is sent, which stays a person's command.
 */
export function proposeDraft(services: ToolServices): Tool<'tencentChat_proposeDraft'> {
  return {
    confirm: (input) => {
      const { connection, address, content } = demandedDraft(services, input);
      const text = formatMessage(content);
      const hidden = text.length - textLimits.lines;
      return {
        title: vscode.l10n.t('Let the language model write a draft?'),
        facts: [
          connectionFact(connection),
          [vscode.l10n.t('Message'), vscode.l10n.t('{0}, {1}', messageName({ address }), keyText(address))],
        ],
        writes: {
          before: vscode.l10n.t('The draft stays on this machine, and nothing is sent. It says:'),
          text,
          ...(hidden > 0 && {
            after: vscode.l10n.t(
              '{0} characters more are not shown here; the whole change is shown once it is written.',
              hidden,
            ),
          }),
        },
      };
    },
    run: async (input, signal) => {
      const { connection, address, content } = demandedDraft(services, input);
      const ref = { connectionId: connection.id, address };
      const [uri, name] = [messageUri(ref), messageName(ref)];
      const reader = await services.reader(connection.id, signal);
      const found = await reader.findMessage(address, signal);
      if (!found) throw new ToolRefusal(vscode.l10n.t('{0} is gone from the service.', name));
      if (isRecalled(found.message)) throw new ToolRefusal(vscode.l10n.t('{0} was recalled before.', name));
      const documents = await services.documents();
      const taken = new ToolRefusal(
        vscode.l10n.t('{0} has a draft or unsaved text, which no tool replaces.', name),
      );
      await services.flush(uri);
      if (isDirty(uri) || (await documents.hasText(ref))) throw taken;
      await documents.show(connection.id, found.message);
      const known = documents.peek(ref);
      if (!known) throw taken;
      if (changedMembers(known.base, content).length === 0)
        throw new ToolRefusal(vscode.l10n.t('{0} says this already.', name));
      const text = formatMessage({ ...known.base, ...content });
      if (!(await replaceIfStill(uri, textOf(known), text))) throw taken;
      await services.showChange(ref);
      const problems = checkMessage(text);
      if (problems.length === 0) return told.drafted;
      const l10n = { t: vscode.l10n.t, language: vscode.env.language };
      return asData([told.drafted, told.problems(1, problems.length)], problemsJson(problems, text, l10n));
    },
  };
}

function demandedDraft(services: ToolServices, input: Input) {
  return {
    connection: readableConnection(services, input.connection),
    address: demanded(addressOfInput(input)),
    content: demanded(contentOfInput(input.message)),
  };
}
