import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

describe('sandbox: check FILE…', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function check(files: Readonly<Record<string, string>>, ...args: string[]) {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const names = [...Object.keys(files), ...args];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.resolve('dist/sandbox.js'), 'check', ...names],
      { cwd: folder, encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  }

  it('prints a line a problem, with places of the file, and exits 1 with an error', () => {
    const text =
      'one\n你好 body={"To_Account":"u_2","MsgRandom":7,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":5}}]}\n';
    const { status, stdout } = check({ 'a.log': text });
    assert.equal(status, 1);
    const column = text.split('\n')[1]?.indexOf('5}}') ?? 0;
    assert.equal(stdout, `a.log:2:${column + 1} error 90010 Text is a string, not a number.\n`);
  });

  it('prints JSON of the documented shape', () => {
    const text =
      '{"RspMsgList":[{"From_Account":"u_2","MsgSeq":20,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}]}],"GroupId":"@TGS#A"}';
    const { status, stdout } = check({ 'b.txt': text, 'c.txt': 'nothing' }, '--json');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), {
      files: [
        {
          file: 'b.txt',
          notation: 'json',
          messages: [{ chat: 'group', from: 'u_2', group: '@TGS#A', seq: 20, body: true, problems: [] }],
        },
        { file: 'c.txt', notation: 'text', messages: [] },
      ],
    });
  });

  it('puts the key together, and says where a problem is in the message', () => {
    const text =
      '{"From_Account":"a","To_Account":"b","MsgSeq":"7","MsgRandom":"8","MsgTime":"1700000200",\n "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"text":5}}]}';
    const { stdout } = check({ 'd.txt': text }, '--json');
    const parsed = JSON.parse(stdout) as {
      files: { messages: { key: string; problems: Record<string, unknown>[] }[] }[];
    };
    const message = parsed.files[0]?.messages[0];
    assert.equal(message?.key, '7_8_1700000200');
    assert.deepEqual(message.problems[0], {
      severity: 'error',
      code: 90010,
      line: 2,
      column: 52,
      path: 'MsgBody[0].MsgContent.text',
      message: 'text is written Text here.',
    });
  });

  it('takes a file of elements for one message', () => {
    const { stdout, status } = check(
      { 'e.json': '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}]' },
      '--json',
    );
    assert.equal(status, 0);
    assert.match(stdout, /"messages": \[\s*\{\s*"chat": null,\s*"body": true,\s*"problems": \[\]\s*\}\s*\]/);
  });

  it('holds other notations against a file that is to be JSON, and not against a log', () => {
    const text = "{'MsgBody': [{'MsgType': 'TIMTextElem', 'MsgContent': {'Text': 'a'}}]}";
    assert.equal(check({ 'f.json': text }).status, 1);
    assert.equal(check({ 'f.log': text }).status, 0);
  });

  it('exits 2 when a file cannot be read, and still checks the others', () => {
    const { status, stdout, stderr } = check({ 'g.txt': '{"MsgBody":{}}' }, 'none.txt');
    assert.equal(status, 2);
    assert.match(stdout, /^g\.txt:1:12 error 90007 /);
    assert.match(stderr, /none\.txt/);
    assert.equal(check({}).status, 2);
    const unknown = check({ 'h.txt': '{"MsgBody":{}}' }, '--jsn');
    assert.deepEqual([unknown.status, unknown.stdout], [2, '']);
    assert.match(unknown.stderr, /check \[--json\] FILE/);
  });

  it('looks at every message of a text, and says which ones have no content', () => {
    const one = (text: string, seq: number) =>
      `{"From_Account":"a","To_Account":"b","MsgKey":"${seq}_1_1700000200","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{${text}}}]}`;
    const lines = [one('"Text":"a"', 1), 'WARN 2_1_1700000200 sent late', one('"Text":5', 3), one('', 4)];
    const at = (line: number, text: string): number => (lines[line]?.indexOf(text) ?? 0) + 1;
    const { status, stdout, stderr } = check({ 'i.log': lines.join('\n') });
    assert.equal(status, 1);
    assert.deepEqual(
      stdout.split('\n').map((line) => line.split(' ').slice(0, 3).join(' ')),
      [`i.log:3:${at(2, '5}')} error 90010`, `i.log:4:${at(3, '"MsgContent"')} error 90010`, ''],
    );
    assert.match(stderr, /^i\.log: messages: 4, 1 without/);
  });

  it('takes a warning for no error, and a group’s own message for none', () => {
    const system =
      '{"GroupId":"g","RspMsgList":[{"From_Account":"@TIM#SYSTEM","IsSystemMsg":1,"MsgBody":{"OpType":1},"MsgSeq":19}]}';
    assert.deepEqual(check({ 'j.json': system }).stdout, '');
    const { status, stdout } = check({
      'k.txt': "array('MsgBody' => array(array('MsgType' => 'TIMTextElem')))",
    });
    assert.equal(status, 0);
    assert.match(stdout, /^k\.txt:1:\d+ warning notRead /);
  });
});
