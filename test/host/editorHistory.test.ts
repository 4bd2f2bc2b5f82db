import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { applyTextEdits } from '../../src/editor/documentEdits';
import { DocumentSession } from '../../src/editor/documentSession';
import { MessagePanes } from '../../src/editor/messagePanes';
import { parseMessage } from '../../src/message/document';
import { codeActions } from '../support/codeActions';
import { eventually } from '../support/eventually';
import { PlainPage } from '../support/plainPage';
import { runs, soaks } from '../support/runs';
import { documentText, jsonText } from '../unit/message/arbitraries';

const MINIFIED = '{ "MsgBody": [], "CloudCustomData": "{\\"a\\":1,\\"b\\":[2]}" }';
const PRETTY = '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}';

/** Slips with fixes, a string in a string, both kinds of layout. */
const DOCUMENTS = [
  `{
  "MsgBody": [
    {
      "MsgType": "TIMCustomElem",
      "MsgContent": { "Data": "{\\"id\\":12345678901234567,\\"in\\":\\"{\\\\\\"x\\\\\\":[1]}\\"}", "desc": "你好 😀" }
    }
  ],
  "CloudCustomData": "{\\"a\\":\\"b\\\\/c\\"}"
}
`,
  '{"CloudCustomData":{"a":1},"MsgBody":{"MsgType":"TIMTextElem","Text":"x"}}',
  '{\r\n\t"MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "text": "[1]" } }],\r\n\t"CloudCustomData": "[1,\\n 2]"\r\n}',
];

describe('undo and redo in the message editor', () => {
  let folder: string;
  let count = 0;
  const open: { dispose(): void }[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'editor-'));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(() => {
    for (const each of open.splice(0)) each.dispose();
  });

  async function start(text: string) {
    const uri = vscode.Uri.file(path.join(folder, `${++count}.chatmsg.json`));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const session = new DocumentSession(document, (now) => new MessagePanes(now), applyTextEdits);
    open.push(session);
    const page = new PlainPage(session);
    /** Everything that was typed into the pages is in the document, however slow VS Code is. */
    const told = async (...pages: PlainPage[]): Promise<void> => {
      await session.flush();
      await eventually(() => [page, ...pages].every((one) => one.settled), 'settled pages');
    };
    const step = (direction: 'undo' | 'redo') =>
      session.step(page, direction, () => vscode.commands.executeCommand(direction));
    return { document, session, page, told, step };
  }

  it('take back a layout that only the page shows, in its turn with the edits of the document', async () => {
    const { document, page, told, step } = await start(MINIFIED);
    const shown = () => page.text('CloudCustomData');
    const type = async (find: string, insert: string, remove = 0): Promise<void> => {
      page.type('CloudCustomData', shown().indexOf(find) + find.length, insert, remove);
      page.send('CloudCustomData');
      await told();
    };
    assert.equal(shown(), PRETTY);
    await type('1', '7');
    await type('17,', '\n\n');
    await type('2', '3');
    assert.equal(document.getText(), MINIFIED.replace('1', '17').replace('2', '23'));
    const states = [
      [PRETTY.replace('1', '17').replace('17,', '17,\n\n'), MINIFIED.replace('1', '17')],
      [PRETTY.replace('1', '17'), MINIFIED.replace('1', '17')],
      [PRETTY, MINIFIED],
    ];
    for (const [pane, text] of states) {
      await step('undo');
      await eventually(() => document.getText() === text && shown() === pane, `undone to ${pane}`);
    }
    for (const [pane, text] of states.slice(0, -1).reverse()) {
      await step('redo');
      await eventually(() => document.getText() === text && shown() === pane, `redone to ${pane}`);
    }
    await step('redo');
    const last = PRETTY.replace('1', '17').replace('17,', '17,\n\n').replace('2', '23');
    await eventually(() => shown() === last, 'the last step again');
  });

  it('bring back the layout that a text had when it was pasted over', async () => {
    const { document, page, told, step } = await start(MINIFIED);
    const before = page.text('CloudCustomData');
    page.type('CloudCustomData', 0, '{"x":\n[]}', before.length);
    page.send('CloudCustomData');
    await told();
    assert.equal(document.getText(), MINIFIED.replace(/"\{.*\}"/, '"{\\"x\\":[]}"'));
    await step('undo');
    await eventually(
      () => document.getText() === MINIFIED && page.text('CloudCustomData') === before,
      'the text before',
    );
    await step('redo');
    await eventually(() => page.text('CloudCustomData') === '{"x":\n[]}', 'what was pasted');
  });

  it('leave pages and document equal in any mixture with edits in pages, in the text and by quick fix', async function () {
    this.timeout(soaks ? 0 : 360_000);
    const action = fc.record({
      what: fc.oneof(
        { weight: 4, arbitrary: fc.constant('type' as const) },
        fc.constantFrom('other', 'text', 'undo', 'redo', 'fix', 'open', 'close', 'wait'),
      ),
      pane: fc.nat(4),
      at: fc.nat(200),
      remove: fc.nat(3),
      insert: fc.constantFrom('a', '"', '{', ']', ',\n', '\\', '😀', '', '/', '1', '\n  ', '{"b":[1]}'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DOCUMENTS),
        fc.array(action, { maxLength: 14 }),
        async (text, actions) => {
          const { document, session, page, told, step } = await start(text);
          const other = new PlainPage(session);
          for (const { what, pane, at, remove, insert } of actions) {
            const panes = session.panes().filter(({ kind }) => kind !== 'absent');
            const id = panes[pane % panes.length]?.id;
            if (what === 'wait') await session.idle();
            else if (what === 'text') await insertInto(document, at, insert);
            else if (what === 'undo' || what === 'redo') await step(what);
            else if (what === 'fix') await session.run(page, () => applyFix(document, at));
            else if (id === undefined) continue;
            else if (what === 'open') session.openString(id, at);
            else if (what === 'close') session.closeString(id);
            else {
              const typist = what === 'other' ? other : page;
              typist.type(id, at, insert, remove);
              typist.send(id);
            }
          }
          await told(other);
          assert.equal(session.text, document.getText().replaceAll('\r\n', '\n'));
          for (const view of session.panes()) {
            assert.equal(page.text(view.id), view.text);
            assert.equal(other.text(view.id), view.text);
          }
          assertShowsDocument(session);
        },
      ),
      runs(6, 400),
    );
  });

  it('save byte for byte what was only looked at, or edited and taken back', async function () {
    this.timeout(soaks ? 0 : 360_000);
    // VS Code makes one kind of line break of several, and half a character cannot be stored.
    const text = fc
      .tuple(fc.oneof(documentText, jsonText), fc.constantFrom('\n', '\r\n'))
      .map(([content, lineBreak]) => content.replace(/\r\n?|\n/g, lineBreak))
      .filter((content) => !/\p{Surrogate}/u.test(content));
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('', '\ufeff'), fc.nat(200), async (content, mark, at) => {
        const bytes = Buffer.from(mark + content);
        const { document, session, page, told, step } = await start(mark + content);
        for (const { id } of session.panes()) session.openString(id, at);
        await told();
        assert.equal(document.isDirty, false);
        assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(document.uri)), bytes);
        const [pane] = session.panes();
        if (!pane || pane.kind === 'absent') return;
        const before = document.getText();
        page.type(pane.id, at, 'x');
        page.send(pane.id);
        await told();
        await step('undo');
        await eventually(() => document.getText() === before, 'the text before');
        await document.save();
        assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(document.uri)), bytes);
      }),
      runs(5, 600),
    );
  });

  /** What the panes show means what the document means. */
  function assertShowsDocument(session: DocumentSession): void {
    const { root, syntaxErrors } = parseMessage(session.text);
    const body = session.pane('MsgBody');
    if (!root || syntaxErrors.length > 0 || body?.title !== 'MsgBody' || body.kind === 'absent') return;
    const { MsgBody } = JSON.parse(session.text) as { MsgBody?: unknown };
    assert.deepEqual(JSON.parse(body.text), MsgBody);
  }

  async function insertInto(document: vscode.TextDocument, at: number, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(Math.min(at, document.getText().length)), text);
    await vscode.workspace.applyEdit(edit);
  }

  /** Applies one of the fixes that are offered now, if there are any. */
  async function applyFix(document: vscode.TextDocument, which: number): Promise<void> {
    const actions = await codeActions(
      document,
      new vscode.Range(0, 0, document.lineCount, 0),
      vscode.CodeActionKind.QuickFix,
    );
    const edits = actions.flatMap(({ edit }) => edit ?? []);
    const edit = edits[which % edits.length];
    if (edit) await vscode.workspace.applyEdit(edit);
  }
});
