import assert from 'node:assert/strict';
import fs from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { EventReader } from '../../../src/webhooks/store/eventReader';
import { EventWriter } from '../../../src/webhooks/store/eventWriter';
import { readRecords, writeRecord, type ReceivedEvent } from '../../../src/webhooks/store/records';
import { runs } from '../../support/runs';

const received = {
  at: 1,
  command: 'X',
  query: [],
  contentType: 'application/json',
  signature: 'notChecked',
} as const;

describe('files of the inbox', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'inbox-files-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const reader = (): EventReader<number> => new EventReader(folder, (_, body) => body.length);
  const segments = async (): Promise<string[]> =>
    (await readdir(folder)).sort().map((name) => path.join(folder, name));

  it('give back what was written, cut anywhere and with anything in it', () => {
    const event = fc.record({ body: fc.uint8Array({ maxLength: 200 }), command: fc.string() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), fc.nat(), (events, at) => {
        const pieces = events.map(({ body, command }, index) =>
          writeRecord({ kind: 'received', number: index + 1, ...received, command }, Buffer.from(body)),
        );
        const all = Buffer.concat(pieces);
        const cut = all.length === 0 ? 0 : at % (all.length + 1);
        const { records, end, damaged } = readRecords(all.subarray(0, cut));
        let whole = 0;
        let length = 0;
        for (const piece of pieces) {
          if (length + piece.length > cut) break;
          whole += 1;
          length += piece.length;
        }
        assert.equal(records.length, whole);
        assert.equal(end, length);
        assert.equal(damaged, 0);
        records.forEach(({ record, bodyStart, bodyLength }, index) => {
          assert.equal((record as ReceivedEvent).command, events[index]?.command);
          assert.deepEqual(
            all.subarray(bodyStart, bodyStart + bodyLength),
            Buffer.from(events[index]?.body ?? []),
          );
        });
      }),
      runs(200, 20_000),
    );
  });

  it('pass over what is damaged, and read on after it', () => {
    const one = writeRecord({ kind: 'received', number: 1, ...received }, Buffer.from('one'));
    const two = writeRecord({ kind: 'received', number: 2, ...received }, Buffer.from('two'));
    const three = writeRecord({ kind: 'received', number: 3, ...received }, Buffer.from('three'));
    two[two.indexOf('two')] = 0x21;
    const { records, damaged } = readRecords(Buffer.concat([one, two, three]));
    assert.deepEqual(
      records.map(({ record }) => record.number),
      [1, 3],
    );
    assert.equal(damaged, two.length);
  });

  it('hold the newest 1,000, and not many more', async () => {
    const writer = await EventWriter.open(folder);
    for (let number = 1; number <= 1234; number += 1) {
      assert.equal(writer.received(received, Buffer.from(String(number))), number);
      writer.answered({ number, ms: 1, how: 'answered', action: 'allow' });
    }
    writer.close();
    const read = reader();
    await read.refresh();
    const list = read.list();
    assert.equal(list.length, 1000);
    assert.equal(list[0]?.received.number, 1234);
    assert.equal(list[999]?.received.number, 235);
    assert.ok(list.every(({ answered }) => answered !== undefined));
    assert.equal((await read.body(235))?.toString(), '235');
    const kept = (await Promise.all((await segments()).map((file) => readFile(file)))).flatMap(
      (bytes) => readRecords(bytes).records,
    );
    assert.ok(kept.filter(({ record }) => record.kind === 'received').length <= 1100);
  });

  it('hold no more than 48 MB', async () => {
    const writer = await EventWriter.open(folder);
    const body = Buffer.alloc(2 * 1024 * 1024, 'x');
    for (let number = 0; number < 28; number += 1) writer.received(received, body);
    writer.close();
    const sizes = await Promise.all((await segments()).map(async (file) => (await stat(file)).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total <= 52 * 1024 * 1024 && total > 40 * 1024 * 1024, String(total));
    const read = reader();
    await read.refresh();
    assert.equal(read.list()[0]?.received.number, 28);
  });

  it('are read while they are written, and go on after a file that a kill cut off', async () => {
    const first = await EventWriter.open(folder);
    first.received(received, Buffer.from('one'));
    const read = reader();
    assert.equal(await read.refresh(), true);
    assert.equal(await read.refresh(), false);
    first.received(received, Buffer.from('two'));
    await read.refresh();
    assert.deepEqual(
      read.list().map(({ received: { number }, answered }) => [number, answered]),
      [
        [2, undefined],
        [1, undefined],
      ],
    );
    first.answered({ number: 1, ms: 5, how: 'answered', action: 'drop' });
    await read.refresh();
    assert.equal(read.get(1)?.answered?.action, 'drop');
    first.close();
    const [file = ''] = await segments();
    await truncate(file, (await stat(file)).size - 3);
    const second = await EventWriter.open(folder);
    assert.equal(second.received(received, Buffer.from('three')), 3);
    second.close();
    const anew = reader();
    await anew.refresh();
    assert.deepEqual(
      anew.list().map(({ received: { number } }) => number),
      [3, 2, 1],
    );
    assert.equal(anew.get(1)?.answered, undefined);
  });

  for (const bytes of [0, 40])
    it(`have what came after a full disk, which took ${bytes} bytes of a record, and no number twice`, async () => {
      const writer = await EventWriter.open(folder);
      const write = fs.writeSync;
      /** Takes so many bytes at most, a part at a time, and then fails. */
      const onFullDisk = (work: () => void): void => {
        let room = bytes;
        fs.writeSync = ((handle: number, buffer: Buffer, at: number) => {
          if (room === 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
          const written = write(handle, buffer, at, Math.min(room, 25));
          room -= written;
          return written;
        }) as typeof write;
        try {
          assert.throws(work, /ENOSPC/);
        } finally {
          fs.writeSync = write;
        }
      };
      assert.equal(writer.received(received, Buffer.from('one')), 1);
      for (let time = 0; time < 3; time += 1)
        onFullDisk(() => writer.received(received, Buffer.alloc(500, 'x')));
      assert.equal((await segments()).length, 1, 'files with nothing in them');
      writer.answered({ number: 1, ms: 1, how: 'answered', action: 'drop' });
      onFullDisk(() => writer.answered({ number: 1, ms: 2, how: 'answered', action: 'allow' }));
      assert.equal(writer.received(received, Buffer.from('two')), 2);
      writer.close();
      const again = await EventWriter.open(folder);
      assert.equal(again.received(received, Buffer.from('three')), 3);
      again.close();
      const read = reader();
      await read.refresh();
      assert.deepEqual(
        read.list().map(({ received: { number }, answered }) => [number, answered?.action]),
        [
          [3, undefined],
          [2, undefined],
          [1, 'drop'],
        ],
      );
    });

  it('are no others’', async () => {
    await writeFile(path.join(folder, 'notes.txt'), 'mine');
    const writer = await EventWriter.open(folder);
    writer.received(received, Buffer.from('one'));
    writer.clear();
    writer.close();
    assert.deepEqual(await readdir(folder), ['notes.txt']);
    await appendFile(path.join(folder, 'notes.txt'), '!');
  });
});
