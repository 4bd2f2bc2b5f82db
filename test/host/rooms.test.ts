import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Belongings, Room, RoomError } from '../../src/ui/room';

describe('rooms', () => {
  /** What was disposed, in order. */
  let gone: string[];
  let house: Belongings;
  const thing = (name: string) => ({ name, dispose: () => void gone.push(name) });

  beforeEach(() => {
    gone = [];
    house = new Belongings();
  });

  it('load once, when two need one at once', async () => {
    let made = 0;
    const room = new Room(house, async () => {
      await Promise.resolve();
      return ++made;
    });
    assert.equal(room.made, undefined);
    assert.deepEqual(await Promise.all([room.load(), room.load()]), [1, 1]);
    assert.equal(await room.load(), 1);
    assert.equal(room.made, 1);
  });

  it('that cannot be loaded say why, leave nothing behind, and can be tried again', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rooms-'));
    const file = path.join(folder, 'room.js');
    const load = createRequire(__filename);
    const room = new Room(house, (own) => {
      own(thing('half made'));
      return Promise.resolve().then(() => load(file) as string);
    });
    try {
      await assert.rejects(room.load(), (error: RoomError) => {
        assert.ok(RoomError.is(error));
        assert.ok(error.message.endsWith(`could not be loaded: Cannot find module '${file}'`), error.message);
        return true;
      });
      assert.deepEqual(gone, ['half made']);
      await writeFile(file, 'module.exports = half a');
      await assert.rejects(room.load(), RoomError);
      await writeFile(file, 'module.exports = "whole"');
      assert.equal(await room.load(), 'whole');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tell that they are there before whoever waits goes on', async () => {
    const told: string[] = [];
    const room = new Room(house, () => Promise.resolve('made'));
    room.whenMade((made) => told.push(`first ${made}`));
    await room.load().then(() => told.push('goes on'));
    room.whenMade((made) => told.push(`later ${made}`));
    assert.deepEqual(told, ['first made', 'goes on', 'later made']);
  });

  it('go with the house, the last first', async () => {
    house.own(thing('door'));
    const lower = new Room(house, (own) => Promise.resolve(own(thing('lower'))));
    const upper = new Room(house, async (own) => {
      own(thing('upper 1'));
      await lower.load();
      return own(thing('upper 2'));
    });
    await upper.load();
    house.dispose();
    assert.deepEqual(gone, ['upper 2', 'upper 1', 'lower', 'door']);
  });

  it('whose house goes while they load are gone too, and none is made afterwards', async () => {
    let enter: () => void = () => undefined;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const room = new Room(house, async (own) => {
      await entered;
      return own(thing('late'));
    });
    const loading = room.load();
    house.dispose();
    enter();
    await assert.rejects(loading, vscode.CancellationError);
    assert.deepEqual(gone, ['late']);
    await assert.rejects(room.load(), vscode.CancellationError);
    assert.deepEqual(gone, ['late']);
  });
});
