import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { messageUri } from '../../src/documents/messageRef';
import { eventually } from '../support/eventually';
import { FaultyLine } from '../support/faultyLine';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { replaceText } from '../support/replaceText';

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

const starts = { 'first line': '{', MsgBody: '[', element: '{\n      "MsgType"' } as const;

describe('a refusal of the service', () => {
  let host: HostSandbox;
  let line: FaultyLine;
  /** The edited message that each code is answered for. */
  const documents = new Map<number, vscode.TextDocument>();
  const codes = new Map<string, number>();
  const modifies: Thenable<unknown>[] = [];

  /** All at once: what may be tried again is, for ten seconds, before it counts as refused. */
  before(async () => {
    host = await startHostSandbox();
    line = await FaultyLine.start(host.sandbox.url);
    line.onRequest = ({ command, body }) => {
      if (command !== 'openim/modify_c2c_msg') return 'pass';
      const { MsgKey } = JSON.parse(body) as { MsgKey: string };
      return codes.get(MsgKey) ?? 'pass';
    };
    await vscode.workspace
      .getConfiguration('tencentChat')
      .update('sandbox.endpoint', line.url, vscode.ConfigurationTarget.Global);
    for (const [code] of refusals) {
      const ref = await host.send('alice', 'bob', {
        msgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"one"}}]',
      });
      codes.set(ref.address.key, code);
      const document = await vscode.workspace.openTextDocument(messageUri(ref));
      await replaceText(document, 'one', 'two');
      documents.set(code, document);
      modifies.push(vscode.commands.executeCommand(AGAIN, document.uri));
    }
  });

  after(async () => {
    await Promise.all(modifies);
    await host.stop();
    await line.stop();
  });

  for (const [code, place, offer] of refusals) {
    it(`with code ${code} stands at ${place}${offer ? ` and offers ${offer}` : ''}`, async () => {
      const document = documents.get(code);
      assert.ok(document);
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
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        diagnostic.range,
      );
      const offered = actions.map(({ command }) => command?.command);
      if (offer) assert.ok(offered.includes(offer), offered.join());
      assert.ok(offered.includes('tencentChat.errorCode.explain'));
      assert.match(document.getText(), /"two"/);
    });
  }
});
