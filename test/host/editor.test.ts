import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { applyTextEdits, type ApplyEdit } from '../../src/editor/documentEdits';
import { DocumentSession } from '../../src/editor/documentSession';
import { EmbeddedDocuments } from '../../src/editor/embeddedDocuments';
import { Language } from '../../src/editor/language';
import { MessagePanes } from '../../src/editor/messagePanes';
import type { PaneId } from '../../src/protocol';
import { eventually } from '../support/eventually';
import { runs, soaks } from '../support/runs';
import { PlainPage } from '../support/plainPage';

const MESSAGE = `{
  "MsgBody": [
    {
      "MsgType": "TIMCustomElem",
      "MsgContent": {
        "Data": "{\\"id\\":12345678901234567,\\"in\\":\\"{\\\\\\"x\\\\\\":[1]}\\"}",
        "Desc": "你好 😀"
      }
    }
  ],
  "CloudCustomData": "{\\"a\\":\\"b\\\\/c\\"}"
}
`;

describe('the message editor on a document', () => {
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

  async function start(text = MESSAGE, applyEdit: ApplyEdit = applyTextEdits) {
    const uri = vscode.Uri.file(path.join(folder, `${++count}.chatmsg.json`));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    const document = await vscode.workspace.openTextDocument(uri);
    const session = new DocumentSession(document, (now) => new MessagePanes(now), applyEdit);
    open.push(session);
    return { document, session, page: new PlainPage(session) };
  }

  const insert = async (document: vscode.TextDocument, offset: number, text: string): Promise<boolean> => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(offset), text);
    return vscode.workspace.applyEdit(edit);
  };

  it('brings typing into the document as minimal edits, and flushes what is still held', async () => {
    const { document, session, page } = await start();
    page.type('MsgBody', page.text('MsgBody').indexOf('你好'), 'oh ');
    page.type('CloudCustomData', page.text('CloudCustomData').indexOf('b\\/c'), 'x/');
    await session.flush();
    const wanted = MESSAGE.replace('你好', 'oh 你好').replace('b\\\\/c', 'x/b\\\\/c');
    assert.equal(document.getText(), wanted);
    assert.ok(page.settled);
  });

  it('tells a page what became of the document since its frame was filled', async () => {
    const { document, session } = await start();
    const framed = session.snapshots();
    await insert(document, MESSAGE.indexOf('你好'), 'oh ');
    await insert(document, document.getText().indexOf('a\\"'), 'A');
    session.openString('MsgBody', session.pane('MsgBody')?.text.indexOf('{\\"id') ?? 0);
    const late = new PlainPage(session, framed);
    late.type('MsgBody', 0, ' ');
    session.catchUp(late, framed);
    assert.equal(late.text('MsgBody'), ` ${session.pane('MsgBody')?.text ?? ''}`);
    assert.match(late.text('MsgBody'), /oh 你好/);
    assert.match(late.text('CloudCustomData'), /"Aa"/);
    assert.match(late.text('MsgBody#1'), /12345678901234567/);
    late.send('MsgBody');
    await session.idle();
    assert.match(document.getText(), /"MsgBody": {2}\[/);
    assert.ok(late.settled);
  });

  it('loses nothing while VS Code is slow and somebody else edits', async () => {
    const slow: ApplyEdit = async (...edit) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return applyTextEdits(...edit);
    };
    const { document, session, page } = await start(MESSAGE, slow);
    for (const [index, letter] of Array.from('abcdefghij').entries()) {
      page.type('MsgBody', page.text('MsgBody').indexOf('你好'), letter);
      page.send('MsgBody');
      if (index === 4) await insert(document, document.getText().indexOf('"Desc'), '\n');
    }
    await session.flush();
    await eventually(() => page.settled || undefined);
    assert.ok(document.getText().includes('abcdefghij你好'), document.getText());
    assert.equal(page.text('MsgBody'), session.pane('MsgBody')?.text);
  });

  it('keeps pages and document equal through any edits of two pages and of others', async function () {
    this.timeout(soaks ? 0 : 360_000);
    const step = fc.record({
      who: fc.constantFrom('page', 'other', 'text', 'wait'),
      pane: fc.constantFrom('MsgBody', 'CloudCustomData'),
      at: fc.nat(200),
      remove: fc.nat(3),
      insert: fc.constantFrom('a', '"', '{', ']', ',\n', '\\', '😀', '', '/', '1'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { document, session, page } = await start();
        const other = new PlainPage(session);
        for (const { who, pane, at, remove, insert: text } of steps) {
          if (who === 'wait') await session.idle();
          else if (who === 'text') await insert(document, Math.min(at, document.getText().length), text);
          else {
            const typist = who === 'page' ? page : other;
            if (!session.pane(pane) || session.pane(pane)?.kind === 'absent') continue;
            typist.type(pane, at, text, remove);
            typist.send(pane);
          }
        }
        await session.flush();
        await eventually(() => (page.settled && other.settled) || undefined);
        for (const view of session.panes()) {
          assert.equal(page.text(view.id), view.text);
          assert.equal(other.text(view.id), view.text);
        }
        assert.equal(session.text, document.getText());
      }),
      runs(5, 300),
    );
  });

  it("takes back a burst at a time with the document's own undo", async () => {
    const { document, session, page } = await start();
    await vscode.window.showTextDocument(document);
    const at = page.text('MsgBody').indexOf('你好');
    page.type('MsgBody', at, 'one');
    page.send('MsgBody');
    page.type('MsgBody', at + 3, ' two');
    page.send('MsgBody');
    await session.flush();
    await session.run(page, () => vscode.commands.executeCommand('undo'));
    await eventually(() => page.text('MsgBody').includes('one你好') || undefined);
    await session.run(page, () => vscode.commands.executeCommand('undo'));
    await eventually(() => document.getText() === MESSAGE || undefined);
    await session.run(page, () => vscode.commands.executeCommand('redo'));
    await eventually(() => page.text('MsgBody').includes('one你好') || undefined);
  });

  it('opens strings in strings, and an edit there changes nothing around it', async () => {
    const { document, session, page } = await start();
    const offsetOf = (pane: PaneId, text: string): number => page.text(pane).indexOf(text);
    session.openString('MsgBody', offsetOf('MsgBody', '{\\"id') + 1);
    session.openString('MsgBody#1', offsetOf('MsgBody#1', '{\\"x') + 1);
    assert.equal(page.text('MsgBody#1#2').replace(/\s/g, ''), '{"x":[1]}');
    page.type('MsgBody#1#2', offsetOf('MsgBody#1#2', '1') + 1, ',2');
    page.send('MsgBody#1#2');
    await session.flush();
    assert.equal(document.getText(), MESSAGE.replace('[1]', '[1,2]'));
    session.closeString('MsgBody#1');
    assert.deepEqual(
      session.panes().map(({ id }) => id),
      ['MsgBody', 'CloudCustomData'],
    );
  });

  it('keeps the line ends of a file that has CRLF', async () => {
    const crlf = MESSAGE.replaceAll('\n', '\r\n');
    const { document, session, page } = await start(crlf);
    page.type('MsgBody', page.text('MsgBody').indexOf('"Desc"'), '"Ext": "",\n    ');
    await session.flush();
    assert.ok(document.getText().includes('"Ext": "",\r\n'));
    assert.equal(document.getText().replace(/"Ext": "",\s+/, ''), crlf);
  });

  it('asks VS Code about members and about strings, half typed too', async () => {
    const embedded = new EmbeddedDocuments();
    open.push(embedded);
    const language = new Language(embedded);
    const { session, page } = await start();
    const at = page.text('MsgBody').indexOf('"Desc"');
    page.type('MsgBody', at, '"E",');
    await session.flush();
    const labels = await eventually(async () => {
      const found = await language.completions(session, {
        kind: 'complete',
        pane: 'MsgBody',
        offset: at + 2,
        version: session.version('MsgBody') ?? 0,
      });
      const names = found?.items.map(({ label }) => label) ?? [];
      return names.includes('Ext') ? names : undefined;
    }, 'completions');
    assert.ok(labels.includes('Sound'));
    const formatted = await language.format(session, 'CloudCustomData', { tabSize: 2, insertSpaces: true });
    assert.deepEqual(formatted, { version: session.version('CloudCustomData'), changes: [] });
    const stale = await language.hover(session, { kind: 'hover', pane: 'MsgBody', offset: 0, version: 0 });
    assert.equal(stale, undefined);
  });
});
