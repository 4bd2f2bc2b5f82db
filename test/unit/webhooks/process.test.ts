import assert from 'node:assert/strict';
import * as path from 'node:path';
import { InboxProcess, InboxStartError } from '../../../src/webhooks/inbox/inboxProcess';
import { inboxHolder } from '../../../src/webhooks/store/inboxLock';
import { eventually } from '../../support/eventually';
import { soaks } from '../../support/runs';
import { beforeSend, InboxCase, post, SEGMENT } from './inboxCase';

const script = path.resolve('dist/inbox.js');

describe('process of the inbox', () => {
  let files: InboxCase;
  let windows: InboxProcess[];
  let exits: number;
  let news: number;

  beforeEach(async () => {
    files = await InboxCase.make();
    windows = [];
    exits = 0;
    news = 0;
  });
  afterEach(async () => {
    for (const window of windows) await window.stop();
    await files.remove();
  });

  function window(): InboxProcess {
    const made = new InboxProcess({
      script,
      folder: files.folder,
      onNews: () => (news += 1),
      onTrouble: (detail) => assert.fail(detail),
      onExit: () => (exits += 1),
    });
    windows.push(made);
    return made;
  }

  it('hears webhooks, tells of them, and follows what it is told', async () => {
    const inbox = window();
    files.port = await inbox.start(files.settings(), 0);
    assert.match((await files.post(beforeSend('x'))).text, /"ErrorCode":0/);
    await eventually(() => news > 0, 'news of the webhook');
    inbox.change(files.settings({ rules: '{"rules":[{"answer":{"do":"forbid","code":120001}}]}' }));
    await eventually(async () => (await files.post(beforeSend('x'))).text.includes('120001'), 'the new rule');
    inbox.clear();
    await eventually(async () => (await files.kept()).length === 0, 'nothing kept');
  });

  it('is one on a machine, and says where the other one is', async () => {
    const first = window();
    const port = await first.start(files.settings(), 0);
    const second = window();
    await assert.rejects(second.start(files.settings(), 0), (error) => {
      assert.ok(InboxStartError.is(error));
      assert.deepEqual([error.failure, error.port], ['taken', port]);
      return true;
    });
    assert.equal((await inboxHolder(files.folder))?.port, port);
    await first.stop();
    assert.equal(await inboxHolder(files.folder), undefined);
    assert.equal(await second.start(files.settings(), 0), port);
    assert.equal(exits, 0);
  });

  it('says that its port is not to be had', async () => {
    const other = await InboxCase.make();
    await other.start();
    try {
      await assert.rejects(window().start(files.settings(), other.port), (error) => {
        assert.ok(InboxStartError.is(error));
        assert.equal(error.failure, 'port');
        return true;
      });
    } finally {
      await other.remove();
    }
  });

  it('loses nothing that was answered when it is killed, and starts again', async () => {
    const inbox = window();
    files.port = await inbox.start(files.settings(), 0);
    let answered = 0;
    let killed = false;
    const senders = Array.from({ length: 4 }, async (_, sender) => {
      for (let turn = 0; !killed; turn += 1) {
        const seen = await files.post(beforeSend(`${sender}-${turn}`)).catch(() => undefined);
        if (seen) answered += 1;
      }
    });
    await eventually(() => answered >= 60, 'many webhooks');
    process.kill(inbox.pid ?? 0, 'SIGKILL');
    await eventually(() => exits === 1, 'the end of the process');
    killed = true;
    await Promise.all(senders);
    const kept = await files.kept();
    assert.ok(kept.length >= answered, `${kept.length} kept of ${answered}`);
    const again = await inbox.start(files.settings(), 0);
    assert.equal(again, files.port);
    await files.post(beforeSend('after'));
    assert.equal((await files.kept()).length, kept.length + 1);
  });

  it('answers a flood, and keeps the newest whole', async () => {
    const inbox = window();
    files.port = await inbox.start(files.settings(), 0);
    const each = soaks ? 5000 : 300;
    const bodies = Array.from({ length: each }, (_, index) =>
      beforeSend(`number ${index} ${'好'.repeat(200)}`),
    );
    let answers = 0;
    const url = `http://127.0.0.1:${files.port}/webhook/${SEGMENT}?CallbackCommand=C2C.CallbackBeforeSendMsg`;
    let next = 0;
    const senders = Array.from({ length: 20 }, async () => {
      for (let index = next++; index < each; index = next++) {
        const { status, text } = await post(url, bodies[index] ?? '');
        assert.equal(status, 200);
        assert.match(text, /"ErrorCode":0/);
        answers += 1;
      }
    });
    await Promise.all(senders);
    assert.equal(answers, each);
    const reader = files.reader();
    await reader.refresh();
    const list = reader.list();
    assert.equal(list.length, Math.min(each, 1000));
    assert.equal(list[0]?.received.number, each);
    const sent = new Set(bodies);
    for (const { received } of list)
      assert.ok(sent.has((await reader.body(received.number))?.toString() ?? ''));
  });
});
