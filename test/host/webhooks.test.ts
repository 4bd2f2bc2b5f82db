import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { ChatServiceError } from '../../src/chat/errors';
import { storageKeys, viewIds } from '../../src/contributions/ids';
import { valueOfJson } from '../../src/json/values';
import { Inbox } from '../../src/webhooks/inbox/inbox';
import { eventually } from '../support/eventually';
import { startHostSandbox, type HostSandbox } from '../support/hostSandbox';
import { testHandle } from '../support/testHandle';
import { Witness } from '../support/witness';

interface Row {
  readonly kind: string;
  readonly id: string;
}

const body = (text: string): string => `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${text}"}}]`;

/** What a row says where it says it in plain text. */
const textOf = (said: unknown): string => (typeof said === 'string' ? said : '');

describe('webhooks', () => {
  let host: HostSandbox;
  const witness = Witness.here;

  before(async () => {
    host = await startHostSandbox();
    const { connections } = await testHandle();
    // With two connections of the sandbox's app, one would be asked for.
    for (const { id, credentialKind } of connections.list())
      if (credentialKind !== 'sandbox') await connections.remove(id);
    for (const userId of ['wanda', 'xaver']) await host.colleague.accountImport({ userId });
    const from = witness.shown.length;
    await run('webhooks.connectSandbox');
    await witness.saw('status', /sends its webhooks to the inbox/, from);
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    host.sandbox.sandbox.webhooks.target = undefined;
    await run('webhooks.stop');
    await host.stop();
  });

  function run<T = unknown>(command: string, ...args: unknown[]): Thenable<T> {
    return vscode.commands.executeCommand<T>(`tencentChat.${command}`, ...args);
  }

  function tree(): vscode.TreeDataProvider<Row> {
    return witness.trees.get(viewIds.webhooks) as vscode.TreeDataProvider<Row>;
  }

  /** Waits for a row whose label and description say this. */
  function row(label: RegExp, description: RegExp): Promise<Row> {
    return eventually(async () => {
      for (const node of (await tree().getChildren()) ?? []) {
        const item = await tree().getTreeItem(node);
        if (label.test(textOf(item.label)) && description.test(textOf(item.description))) return node;
      }
      return undefined;
    }, `a row ${label.source} ${description.source}`);
  }

  /** Waits until a document whose name ends so is in view. */
  function inView(ending: string): Promise<vscode.TextDocument> {
    return eventually(() => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.fileName.endsWith(ending) ? document : undefined;
    }, `a document *${ending} in view`);
  }

  const send = (text: string): Promise<{ readonly key: string }> =>
    host.colleague.sendMessage({ from: 'wanda', to: 'xaver', msgBody: body(text) });

  /** Writes the rules and waits until the inbox answers by them. */
  async function rules(...list: readonly unknown[]): Promise<void> {
    await run('webhooks.editRules');
    const document = await inView('.chatrules.json');
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, JSON.stringify({ rules: list }, null, 2));
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(await document.save());
  }

  it('of the sandbox appear with who wrote what to whom, and how they were answered', async () => {
    await send('hello inbox');
    const node = await row(/^wanda → xaver$/, /^hello inbox · allowed, \d+ ms$/);
    await row(/^wanda → xaver$/, /^hello inbox · answered, \d+ ms$/);
    await run('webhooks.open', node);
    const document = await inView('.chatwebhook.json');
    const text = document.getText();
    const shown = JSON.parse(text) as Record<string, Record<string, unknown>>;
    assert.equal(shown.webhook?.command, 'C2C.CallbackBeforeSendMsg');
    assert.equal(shown.answer?.service, 'The service goes on.');
    assert.equal(shown.body?.From_Account, 'wanda');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), ' ');
    assert.equal(await vscode.workspace.applyEdit(edit).then((done) => done && document.isDirty), false);
  });

  it('open their message, copy its key, and are saved as a list', async () => {
    const { key } = await send('to be opened');
    const node = await row(/wanda/, /^to be opened · answered/);
    await run('webhooks.copyKey', node);
    assert.equal(await vscode.env.clipboard.readText(), key);
    await vscode.env.clipboard.writeText('');
    // Without a row, as in the palette, it is asked which.
    const asked = run('webhooks.copyKey');
    await witness.choose(
      /Which one\?/,
      ({ label, description = '' }) => label === 'wanda → xaver' && description.endsWith(' · to be opened'),
    );
    await asked;
    assert.equal(await vscode.env.clipboard.readText(), key);
    await run('webhooks.openMessage', node);
    await eventually(
      () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom &&
        decodeURIComponent(vscode.window.tabGroups.activeTabGroup.activeTab.input.uri.path).includes(key),
    );
    await run('webhooks.saveAsList', node);
    const list = await eventually(() =>
      vscode.window.activeTextEditor?.document.languageId === 'tencent-chat-messages'
        ? vscode.window.activeTextEditor.document
        : undefined,
    );
    const [item] = JSON.parse(list.getText()) as Record<string, unknown>[];
    assert.equal(item?.MsgKey, key);
    assert.deepEqual(item.MsgBody, JSON.parse(body('to be opened')));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const noSpam = {
    name: 'no spam',
    when: { command: 'C2C.CallbackBeforeSendMsg', text: '/sp[a4]m/i' },
    answer: { do: 'forbid', code: 120001, info: 'not here' },
  };
  const newWords = {
    when: { text: 'old words' },
    answer: { do: 'replace', MsgBody: JSON.parse(body('new words')) as unknown },
  };

  it('are answered by rules: the sender gets the code, or another message is sent', async () => {
    await rules(noSpam, newWords);
    const refusal = await eventually(async () => {
      try {
        await send('SP4M');
        return undefined;
      } catch (error) {
        if (ChatServiceError.is(error)) return error;
        throw error;
      }
    }, 'the new rules');
    assert.deepEqual([refusal.code, refusal.info], [120001, 'not here']);
    const refused = await row(/wanda/, /^SP4M · refused with 120001/);
    const { tooltip } = await tree().getTreeItem(refused);
    assert.match(textOf(tooltip), /By the rule “no spam”/);
    const { key } = await send('the old words');
    const address = { chat: 'c2c', from: 'wanda', to: 'xaver', key } as const;
    const sent = await host.colleague.findMessage(address);
    assert.deepEqual(JSON.parse(sent?.message.content.msgBody ?? ''), JSON.parse(body('new words')));
    await rules();
    await eventually(async () => {
      const done = await send('spam again').catch(() => undefined);
      return done !== undefined;
    }, 'no rules');
  });

  it('say what is wrong in the rules, and how often one matched', async () => {
    await run('webhooks.editRules');
    const document = await inView('.chatrules.json');
    const listed = (...list: readonly unknown[]): string =>
      `{"rules":[\n${list.map((rule) => JSON.stringify(rule)).join(',\n')}\n]}`;
    const text = listed({ ...noSpam, answer: { do: 'forbid', code: 5 } });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    const [problem] = await eventually(() => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 ? found : undefined;
    });
    assert.match(problem?.message ?? '', /120001 to 130000/);
    const good = new vscode.WorkspaceEdit();
    // The one in the middle is `rule 2` now, as the last one was when it matched.
    const counted = listed(noSpam, { when: { from: 'nobody' }, answer: { do: 'drop' } }, newWords);
    good.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), counted);
    await vscode.workspace.applyEdit(good);
    await eventually(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      const titles = lenses.map(({ command }) => command?.title ?? '');
      return /^[1-9]\d* of the webhooks[^,]*,0 of the webhooks[^,]*,[1-9]\d* of /.test(titles.join());
    }, 'how often each rule matched');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('are sent again, signed anew, as they came or edited', async () => {
    const asked: { url: string; body: string }[] = [];
    const server: Server = createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        asked.push({ url: request.url ?? '', body: text });
        response.end('{"ErrorCode":120007}');
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/own`;
    try {
      await send('again');
      const node = await row(/wanda/, /^again · allowed/);
      const replayed = run('webhooks.replay', node);
      await witness.answer(/Address of your own server/, to);
      await replayed;
      const edited = run('webhooks.editAndReplay', node);
      await witness.answer(/Address of your own server/, to);
      await edited;
      const document = await eventually(() =>
        vscode.window.activeTextEditor?.document.isUntitled
          ? vscode.window.activeTextEditor.document
          : undefined,
      );
      const at = document.positionAt(document.getText().indexOf('again'));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(at, at.translate(0, 5)), 'changed');
      await vscode.workspace.applyEdit(edit);
      await run('webhooks.sendEdited', document.uri);
      assert.equal(asked.length, 2);
      const [first, second] = asked;
      assert.match(first?.url ?? '', /^\/own\?SdkAppid=\d+&CallbackCommand=C2C\.CallbackBeforeSendMsg&/);
      assert.match(first?.body ?? '', /"Text":"again"/);
      assert.match(second?.body ?? '', /"changed"/);
      await eventually(
        () =>
          vscode.workspace.textDocuments
            .find(({ uri }) => uri.path.endsWith('/webhooks/answers.json'))
            ?.getText()
            .includes('120007'),
        'the answer',
      );
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    } finally {
      server.close();
    }
  });

  /** A server of one's own, which says when it was asked what. */
  async function ownServer(): Promise<{
    readonly url: string;
    readonly asked: { readonly at: number; readonly url: string; readonly body: string }[];
    close(): void;
  }> {
    const asked: { at: number; url: string; body: string }[] = [];
    const server: Server = createServer((request, response) => {
      const at = Date.now();
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        asked.push({ at, url: request.url ?? '', body: text });
        response.end('{"ErrorCode":120007}');
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/own`, asked, close: () => server.close() };
  }

  it('that were selected are sent again in their order, as far apart as they came or one after the other', async () => {
    const apart = 1500;
    const own = await ownServer();
    try {
      await send('one of three');
      await send('two of three');
      const second = await row(/wanda/, /^two of three · answered/);
      // What lies between them is what the test is about.
      await new Promise((resolve) => setTimeout(resolve, apart));
      await send('three of three');
      const third = await row(/wanda/, /^three of three · answered/);
      const first = await row(/wanda/, /^one of three · answered/);
      const replay = async (how: RegExp): Promise<number> => {
        own.asked.length = 0;
        const replayed = run('webhooks.replay', third, [third, first, second]);
        await witness.answer(/Address of your own server/, own.url);
        await witness.asked(/How they follow each other/);
        const began = Date.now();
        await witness.choose(/How they follow each other/, ({ label }) => how.test(label));
        await replayed;
        const texts = own.asked.map(({ body: text }) => /"Text":"(\w+) of three"/.exec(text)?.[1]);
        assert.deepEqual(texts, ['one', 'two', 'three']);
        assert.match(own.asked[0]?.url ?? '', /CallbackCommand=C2C\.CallbackAfterSendMsg/);
        return (own.asked[2]?.at ?? 0) - began;
      };
      assert.ok((await replay(/As far apart as they came/)) >= apart);
      await replay(/One after the other/);
      const answers = await eventually(() => {
        const page = vscode.workspace.textDocuments.find(({ uri }) =>
          uri.path.endsWith('/webhooks/answers.json'),
        );
        const rows = JSON.parse(page?.getText() ?? '[]') as { readonly number: number }[];
        return Array.isArray(rows) && rows.length === 3 ? rows : undefined;
      }, 'three answers');
      const numbers = answers.map(({ number }) => number);
      assert.deepEqual(
        numbers,
        [first, second, third].map(({ id }) => Number(id)),
      );
    } finally {
      own.close();
    }
  });

  it('are sent to another host only when that was asked for', async () => {
    await send('for others');
    const node = await row(/wanda/, /^for others · answered/);
    const from = witness.shown.length;
    // Nobody is there to answer a dialog: the host closes it.
    const replayed = run('webhooks.replay', node).then(undefined, () => undefined);
    await witness.answer(/Address of your own server/, 'https://hooks.example.invalid/own');
    const { buttons } = await witness.saw('dialog', /^Send webhooks to hooks\.example\.invalid\?$/, from);
    assert.deepEqual(buttons, ['Send']);
    await replayed;
    assert.ok(!witness.shown.slice(from).some(({ text }) => text.includes('Sending to hooks.example')));
  });

  it('get a rule by the quick form, which begins with what is known of them', async () => {
    await send('cheap watches');
    const node = await row(/wanda/, /^cheap watches · allowed/);
    const added = run('webhooks.addRule', node);
    const list = await witness.asked(/Which webhooks is the rule for/);
    assert.deepEqual(
      ('items' in list ? list.activeItems : []).map(({ label }) => label),
      ['C2C.CallbackBeforeSendMsg'],
    );
    await witness.choose(/Which webhooks/, ({ label }) => label === 'C2C.CallbackBeforeSendMsg');
    const who = await witness.asked(/UserID of who sends/);
    assert.equal(who.value, 'wanda');
    await witness.answer(/UserID of who sends/, 'wanda');
    await witness.answer(/Text in the message/, 'watches');
    await witness.choose(/What does the inbox answer/, ({ label }) => label.includes('Forbid, with a code'));
    const from = witness.shown.length;
    await witness.answer(/Code from 120001 to 130000/, '5');
    await witness.saw('complaint', /A number from 120001 to 130000/, from);
    await witness.answer(/Code from 120001 to 130000/, '120009');
    await witness.answer(/Text that the sender gets/, 'no adverts');
    await added;
    const document = await inView('.chatrules.json');
    const rule = {
      when: { command: 'C2C.CallbackBeforeSendMsg', from: 'wanda', text: 'watches' },
      answer: { do: 'forbid', code: 120009, info: 'no adverts' },
    };
    await eventually(
      () => isDeepStrictEqual(valueOfJson(document.getText()), { rules: [rule] }),
      'the rule in the document',
    );
    const refusal = await eventually(async () => {
      const outcome = await send('more watches').then(
        () => undefined,
        (error: unknown) => error,
      );
      return ChatServiceError.is(outcome) ? outcome : undefined;
    }, 'the new rule');
    assert.deepEqual([refusal.code, refusal.info], [120009, 'no adverts']);
    await rules();
    await eventually(
      () =>
        send('watches for all').then(
          () => true,
          () => undefined,
        ),
      'no rules',
    );
  });

  it('that are counted among the local data of their app are told before that is deleted', async () => {
    await send('local data');
    await row(/wanda/, /^local data · answered/);
    const from = witness.shown.length;
    await run('connection.deleteLocalData', { connectionId: host.connectionId }).then(
      undefined,
      () => undefined,
    );
    await witness.saw('dialog', /Webhooks of this app: [1-9]\d*\. They go with all others/, from);
    await row(/wanda/, /^local data · answered/);
  });

  it('of a connected sandbox are signed with the token as soon as that is set', async () => {
    const set = async (token: string): Promise<void> => {
      const typed = run('webhooks.setToken');
      await witness.answer(/Token of Webhooks/, token);
      await typed;
    };
    await set('xxxxyyyy');
    assert.equal(host.sandbox.sandbox.webhooks.target?.token, 'xxxxyyyy');
    await eventually(async () => {
      // The process is told of the token a moment later.
      await send('signed');
      for (const node of (await tree().getChildren()) ?? []) {
        const { description, tooltip } = await tree().getTreeItem(node);
        if (textOf(description).startsWith('signed') && textOf(tooltip).includes('signature is right'))
          return true;
      }
      return undefined;
    }, 'a webhook whose signature is right');
    await set('');
    assert.ok(host.sandbox.sandbox.webhooks.target);
    assert.equal(host.sandbox.sandbox.webhooks.target.token, undefined);
  });

  it('are judged by the token that another window set, until it removes it', async () => {
    const { secrets } = await testHandle();
    const url = await run<string>('webhooks.start');
    const judged = (verdict: string): Promise<true> =>
      eventually(async () => {
        await fetch(`${url}?CallbackCommand=Of.TheToken`, { method: 'POST', body: '{}' });
        const [newest] = (await tree().getChildren()) ?? [];
        const tooltip = newest && textOf((await tree().getTreeItem(newest)).tooltip);
        return tooltip?.startsWith('Of.TheToken') && tooltip.includes(verdict) ? true : undefined;
      }, `a webhook of which is said: ${verdict}`);
    await judged('signature was not checked');
    await secrets.store(storageKeys.webhookToken, 'xxxxyyyy');
    await judged('There is no signature');
    await secrets.delete(storageKeys.webhookToken);
    await judged('signature was not checked');
  });

  it('that nobody described, no JSON and no text are shown too, with what their signature is worth', async () => {
    const url = await run<string>('webhooks.start');
    const typed = run('webhooks.setToken');
    await witness.answer(/Token of Webhooks/, 'xxxxyyyy');
    await typed;
    const from = witness.shown.length;
    const odd = Buffer.from([0xff, 0x00, 0x0a]);
    const unsigned = await eventually(async () => {
      // The process is told of the token a moment later.
      const response = await fetch(`${url}?CallbackCommand=Some.NewCommand`, { method: 'POST', body: odd });
      assert.equal(response.status, 200);
      for (const node of (await tree().getChildren()) ?? []) {
        const { tooltip } = await tree().getTreeItem(node);
        if (/Some\.NewCommand[^]*There is no signature/.test(textOf(tooltip))) return node;
      }
      return undefined;
    }, 'a webhook that has no signature');
    await run('webhooks.open', unsigned);
    const document = await inView('.chatwebhook.json');
    assert.match(document.getText(), /"bodyAsBase64": "\/wAK"/);
    assert.ok(!witness.shown.slice(from).some(({ text }) => text.includes('xxxxyyyy')));
    const cleared = run('webhooks.setToken');
    await witness.answer(/Token of Webhooks/, '');
    await cleared;
  });

  it('are sent by the sandbox as samples, whichever command', async () => {
    const sent = run('webhooks.sendSample');
    await witness.choose(/Which one shall the sandbox send/, ({ label }) =>
      label.includes('State.StateChange'),
    );
    await sent;
    await eventually(async () => {
      for (const node of (await tree().getChildren()) ?? [])
        if (textOf((await tree().getTreeItem(node)).tooltip).startsWith('State.StateChange')) return true;
      return false;
    }, 'the sample');
  });

  it('open a message as soon as the service shows it', async () => {
    const url = await run<string>('webhooks.start');
    const time = Math.floor(Date.now() / 1000) - 100;
    const early = {
      CallbackCommand: 'C2C.CallbackBeforeSendMsg',
      ...{ From_Account: 'wanda', To_Account: 'xaver', MsgSeq: 77, MsgRandom: 4711, MsgTime: time },
      MsgKey: `77_4711_${time}`,
      MsgBody: JSON.parse(body('still to come')) as unknown,
    };
    await fetch(`${url}?CallbackCommand=${early.CallbackCommand}&SdkAppid=${host.sandbox.app.sdkAppId}`, {
      method: 'POST',
      body: JSON.stringify(early),
    });
    const node = await row(/wanda/, /^still to come/);
    const from = witness.shown.length;
    const opened = run('webhooks.openMessage', node);
    await witness.saw('progress', /not in the history yet/, from);
    await host.colleague.importMessage({
      ...{ from: 'wanda', to: 'xaver', seq: 77, random: 4711, time },
      msgBody: body('still to come'),
    });
    await opened;
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return (
        input instanceof vscode.TabInputCustom && decodeURIComponent(input.uri.path).includes(early.MsgKey)
      );
    }, 'the message in an editor');
  });

  it('are filtered', async () => {
    await send('needle');
    await row(/wanda/, /^needle/);
    const filtered = run('webhooks.filter');
    await witness.choose(/What shall be shown/, ({ label }) => label.includes('with a text'));
    await witness.answer(/Text of the message/, 'NEEDLE');
    await filtered;
    for (const node of (await tree().getChildren()) ?? [])
      assert.match(textOf((await tree().getTreeItem(node)).description), /^needle/);
    const all = run('webhooks.filter');
    await witness.choose(/What shall be shown/, ({ label }) => label.includes('All webhooks'));
    await all;
    assert.ok(((await tree().getChildren()) ?? []).length > 2);
  });

  /** Stops the inbox and starts it as another window does. */
  async function anotherWindow(): Promise<{ readonly inbox: Inbox; readonly port: number }> {
    await run('webhooks.stop');
    const { storage } = await testHandle();
    return Inbox.start(
      {
        folder: path.join(storage.fsPath, 'webhooks'),
        port: 0,
        ...{ segment: 'f'.repeat(32), hosts: [], rules: '{"rules": []}', trusted: [] },
      },
      { onNews: () => undefined, onStoreError: (error) => assert.fail(String(error)) },
    );
  }

  it('belong to one window: another one is told', async () => {
    const { inbox, port } = await anotherWindow();
    try {
      const from = witness.shown.length;
      await run('webhooks.start');
      await witness.saw('notice', new RegExp(`Another window of VS Code has the inbox.*port ${port}`), from);
      const url = `http://127.0.0.1:${port}/webhook/${'f'.repeat(32)}?CallbackCommand=Of.AnotherWindow`;
      assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 200);
      await row(/^Of\.AnotherWindow$/, /^answered/);
    } finally {
      await inbox.stop();
    }
    await run('webhooks.start');
  });

  it('are sent on to another machine when the window that has the inbox was allowed to, which asks', async () => {
    const { inbox } = await anotherWindow();
    const asks = 'A rule sends webhooks on to other.example.invalid,';
    const from = witness.shown.length;
    let stopped: number | undefined;
    try {
      await rules({ answer: { do: 'forward', to: 'https://other.example.invalid/own' } });
      stopped = witness.shown.length;
    } finally {
      await inbox.stop();
    }
    await run('webhooks.start');
    const { buttons } = await witness.saw('notice', new RegExp(asks), stopped);
    assert.deepEqual(buttons, ['Allow']);
    assert.equal(witness.shown.slice(from).filter(({ text }) => text.startsWith(asks)).length, 1);
    await vscode.commands.executeCommand('notifications.clearAll');
    await rules();
  });
});
