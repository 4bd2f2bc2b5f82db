import * as vscode from 'vscode';
import { findSpec } from '../chat/calls/specs';
import { lookUpCode } from '../chat/catalogue';
import type { Connections } from '../connections/connections';
import { NothingToDo } from '../ui/noticeError';
import { withProgress } from '../ui/progress';
import { sayInStatusBar } from '../ui/statusBar';
import { askPick } from '../ui/wizard';

/** Offered for a code that any call may be answered with: those that people look at messages with. */
const COMMON_CALLS = [
  'openim/modify_c2c_msg',
  'openim/modify_group_msg',
  'openim/sendmsg',
  'openim/admin_getroammsg',
];

/**
 * *Try in Sandbox*: the next call of a kind that the person chooses is answered with the code, and does nothing.
 *
 * @param code that of the page in view, if there is one
 */
export async function tryErrorCode(connections: Connections, code: number | undefined): Promise<void> {
  if (code === undefined)
    throw new NothingToDo(vscode.l10n.t('Open the page of an error code first: Explain Error Code… does.'));
  const title = vscode.l10n.t('Try {0} in the Sandbox', code);
  const own = lookUpCode(code)?.apis.filter((api) => findSpec(api) !== undefined) ?? [];
  const any = vscode.l10n.t('Any call');
  const command = await askPick(title, {
    placeholder: vscode.l10n.t('Which call shall be answered with it, once?'),
    choices: [
      ...(own.length > 0 ? own : COMMON_CALLS).map((value) => ({ value, label: value })),
      { value: '*', label: any },
    ],
  });
  await withProgress(vscode.l10n.t('Starting the sandbox…'), async ({ signal }) => {
    await connections.useSandbox();
    await connections.sandbox.addFault({ command, kind: 'code', code, times: 1 }, signal);
  });
  const call = command === '*' ? any : command;
  sayInStatusBar(vscode.l10n.t('The sandbox answers the next call with {0}, once: {1}', code, call));
}
