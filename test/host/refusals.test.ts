import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { messageUri } from '../../src/documents/messageRef';
import { readFault } from '../../src/sandbox/http/faults';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';
import { startHostSandbox, startSandboxBeside, type HostSandbox } from '../support/hostSandbox';

const IMPORT = 'tencentChat.account.import';
const SIGN = 'tencentChat.connection.signAgain';
const EDIT = 'tencentChat.connection.edit';
const AGAIN = 'tencentChat.message.modify';
const RELOAD = 'tencentChat.message.reload';

/**
 * What each code stands at and what is offered. By hand from the service's pages on modifying a one-to-one message
 * (trtc.io/47722) and on UserSig (trtc.io/34348). `first line` is for what the text cannot mend.
 */
const refusals: readonly (readonly [
  code: number,
  place: 'first line' | 'MsgBody' | 'element',
  offer?: string,
])[] = [
  [20001, 'first line'],
  [20002, 'first line', SIGN],
  [20003, 'first line', IMPORT],
  [20004, 'first line', AGAIN],
  [20005, 'first line', AGAIN],
  [90001, 'first line'],
  [90002, 'element'],
  [90003, 'first line', IMPORT],
  [90007, 'MsgBody'],
  [90009, 'first line', EDIT],
  [90010, 'element'],
  [90012, 'first line', IMPORT],
  [90992, 'first line', AGAIN],
  [91000, 'first line', AGAIN],
  [70001, 'first line', SIGN],
  [70009, 'first line', EDIT],
  [70013, 'first line', EDIT],
  [70014, 'first line', EDIT],
  [60026, 'first line', EDIT],
  [20026, 'first line', RELOAD],
];

/**
 * After these the message is looked at for seconds, and sent again, before the code counts. So they go on from the beginning,
 * each at a service of its own.
 */
const inDoubt: readonly number[] = [20004, 20005, 90992, 91000];

const starts = { 'first line': '{', MsgBody: '[', element: '{\n      "MsgType"' } as const;

describe('a refusal of the service', () => {
  let host: HostSandbox;
  const beside: HostSandbox[] = [];
  const begun = new Map<number, Promise<vscode.TextDocument>>();

  before(async () => {
    host = await startHostSandbox();
    for (const code of inDoubt) {
      const service = await startSandboxBeside(`Answers ${code}`);
      beside.push(service);
      const refusal = refused(code, service);
      // Looked at by its own test.
      refusal.catch(() => undefined);
      begun.set(code, refusal);
    }
  });

  after(async () => {
    await Promise.allSettled(begun.values());
    for (const service of beside) await service.stop();
    await host.stop();
  });

  afterEach(() => host.sandbox.sandbox.faults.clear());

  /** Changes a message that the service then refuses to modify. */
  async function refused(code: number, service: HostSandbox): Promise<vscode.TextDocument> {
    const ref = await service.send('alice', 'bob', {
      msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"one"}}]',
    });
    const document = await vscode.workspace.openTextDocument(messageUri(ref));
    const at = document.positionAt(document.getText().indexOf('one'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 3)), 'two');
    await vscode.workspace.applyEdit(edit);
    service.sandbox.sandbox.faults.add(
      readFault({ command: 'openim/modify_c2c_msg', kind: 'code', code }).fault,
    );
    await vscode.commands.executeCommand(AGAIN, document.uri);
    return document;
  }

  for (const [code, place, offer] of refusals) {
    it(`with code ${code} stands at ${place}${offer ? ` and offers ${offer}` : ''}`, async () => {
      const document = await (begun.get(code) ?? refused(code, host));
      const diagnostic = await eventually(
        () =>
          vscode.languages
            .getDiagnostics(document.uri)
            .find((one) => typeof one.code === 'object' && one.code.value === code),
        `a diagnostic with code ${code}`,
      );
      assert.equal(diagnostic.source, 'Tencent Chat');
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
      assert.ok(
        document.getText(diagnostic.range).startsWith(starts[place]),
        document.getText(diagnostic.range),
      );
      if (place === 'first line')
        assert.ok(diagnostic.range.isSingleLine && diagnostic.range.start.line === 0);
      const actions = await codeActions(document, diagnostic.range);
      const offered = actions.map(({ command }) => command?.command);
      if (offer) assert.ok(offered.includes(offer), offered.join());
      assert.ok(offered.includes('tencentChat.errorCode.explain'));
      assert.match(document.getText(), /"two"/);
    });
  }
});
