import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import {
  addressKey,
  c2cAddress,
  chatKey,
  chatOf,
  fromPath,
  fromRecord,
  groupAddress,
  refKey,
  sameAddress,
  sideKey,
  sidesOf,
  toPath,
  toRecord,
  type C2cChat,
  type MessageAddress,
} from '../../../src/chat/address';
import { refHash } from '../../../src/chat/addressHash';

interface NameOfBefore {
  readonly connectionId: string;
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly path: string;
  readonly lock: string;
}

/** Names as version 1 of the formats wrote them. */
const before = JSON.parse(
  fs.readFileSync(path.resolve('test/fixtures/format1/names.json'), 'utf8'),
) as NameOfBefore[];

const name = fc.string({
  unit: fc.constantFrom('a', 'Z', '.', '/', '%', '-', '#', ' ', '李', '😀', '\ud83d', '\udc00'),
});
const address: fc.Arbitrary<MessageAddress> = fc.oneof(
  fc.tuple(name, name, name).map(([from, to, key]) => c2cAddress(from, to, key)),
  fc
    .tuple(name, fc.nat(), fc.option(name, { nil: undefined }))
    .map(([group, seq, topic]) => groupAddress(group, seq, topic)),
);

describe('the address of a message', () => {
  it('has a path of four segments between two users', () => {
    const ref = { connectionId: 'c0ffee', address: c2cAddress('alice', 'bob', '1_2_3') };
    assert.equal(toPath(ref), 'c0ffee/alice/bob/1_2_3');
    assert.deepEqual(fromPath('c0ffee/alice/bob/1_2_3'), ref);
  });

  it('has a path of five segments in a group, with - where there is no topic', () => {
    const ref = { connectionId: 'c0ffee', address: groupAddress('@TGS#1', 42) };
    assert.equal(toPath(ref), 'c0ffee/group/%40TGS%231/-/42');
    assert.deepEqual(fromPath('c0ffee/group/%40TGS%231/-/42'), ref);
    const inTopic = { connectionId: 'c0ffee', address: groupAddress('@TGS#_c', 7, '@TOPIC#_t') };
    assert.equal(toPath(inTopic), 'c0ffee/group/%40TGS%23_c/%40TOPIC%23_t/7');
    assert.deepEqual(fromPath('c0ffee/group/%40TGS%23_c/%40TOPIC%23_t/7'), inTopic);
  });

  it('tells a user named group from a group, and a topic named - from none', () => {
    const user = { connectionId: 'c', address: c2cAddress('group', '-', '1_2_3') };
    assert.equal(toPath(user), 'c/group/-/1_2_3');
    assert.deepEqual(fromPath('c/group/-/1_2_3'), user);
    const topic = { connectionId: 'c', address: groupAddress('g', 1, '-') };
    assert.equal(toPath(topic), 'c/group/g/%2D/1');
    assert.deepEqual(fromPath('c/group/g/%2D/1'), topic);
  });

  it('never climbs out of its folder', () => {
    const ref = { connectionId: 'c', address: c2cAddress('..', '.', '../..') };
    assert.equal(toPath(ref), 'c/%2E%2E/%2E/..%2F..');
  });

  it('takes no other path', () => {
    for (const other of [
      '',
      'c',
      'c/a/b',
      '/a/b/1_2_3',
      'c/%/b/1_2_3',
      'c/user/a/-/1',
      'c/group/g/-/x',
      'c/group/g/-/01',
    ])
      assert.equal(fromPath(other), undefined, other);
  });

  it('comes back from its path and its record, and has a key of its own', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        const ref = { connectionId: 'c', address: one };
        assert.deepEqual(fromPath(toPath(ref)), ref);
        assert.doesNotMatch(toPath(ref), /(^|\/)\.+(\/|$)/);
        assert.deepEqual(
          fromRecord(JSON.parse(JSON.stringify(toRecord(one))) as Record<string, unknown>),
          one,
        );
        const same = JSON.stringify(one) === JSON.stringify(other);
        assert.equal(addressKey(one) === addressKey(other), same);
        assert.equal(sameAddress(one, other), same);
        const otherRef = { connectionId: 'c', address: other };
        assert.equal(refKey(ref) === refKey(otherRef), same);
        assert.equal(toPath(ref) === toPath(otherRef), same);
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('keeps what else an object carries out of its record', () => {
    const carrying = { ...c2cAddress('a', 'b', '1_2_3'), userSig: 'secret' };
    assert.deepEqual(toRecord(carrying), { chat: 'c2c', from: 'a', to: 'b', key: '1_2_3' });
  });

  it('reads no record that lacks a part', () => {
    const wrong: Record<string, unknown>[] = [
      {},
      { from: 'a', to: 'b' },
      { chat: 'c2c', from: 'a', to: 'b', key: 1 },
      { chat: 'group', group: 'g' },
      { chat: 'group', group: 'g', seq: '1' },
      { chat: 'group', group: 'g', seq: -1 },
      { chat: 'group', group: 'g', seq: 1, topic: 2 },
      { chat: 'channel', from: 'a', to: 'b', key: '1_2_3' },
    ];
    for (const record of wrong) assert.equal(fromRecord(record), undefined, JSON.stringify(record));
    assert.deepEqual(fromRecord({ chat: 'group', group: 'g', seq: 1, topic: '' }), {
      chat: 'group',
      group: 'g',
      seq: 1,
    });
  });

  it('knows the sides of its conversation', () => {
    const message = c2cAddress('alice', 'bob', '1_2_3');
    const [sender, receiver] = sidesOf(message) as [C2cChat, C2cChat];
    assert.deepEqual(sender, { chat: 'c2c', user: 'alice', peer: 'bob' });
    assert.deepEqual(receiver, { chat: 'c2c', user: 'bob', peer: 'alice' });
    assert.equal(chatKey(sender), chatKey(receiver));
    assert.notEqual(sideKey(sender), sideKey(receiver));
    assert.equal(sidesOf(c2cAddress('alice', 'alice', '1_2_3')).length, 1);
    assert.deepEqual(sidesOf(groupAddress('g', 1, 't')), [{ chat: 'group', group: 'g', topic: 't' }]);
    assert.notEqual(chatKey(chatOf(groupAddress('g', 1, 't'))), chatKey(chatOf(groupAddress('g', 1))));
  });

  it('finds what was written before there were groups', () => {
    assert.equal(before.length, 6);
    for (const { connectionId, from, to, key, path: pathBefore, lock } of before) {
      const found = fromRecord({ from, to, key });
      assert.deepEqual(found, { chat: 'c2c', from, to, key });
      const ref = { connectionId, address: c2cAddress(from, to, key) };
      assert.equal(`/${toPath(ref)}.chatmsg.json`, pathBefore);
      assert.deepEqual(fromPath(pathBefore.slice(1, -'.chatmsg.json'.length)), ref);
      assert.ok(fs.existsSync(path.resolve('test/fixtures/format1/messages', `${refHash(ref)}.json`)));
      assert.equal(`${refHash(ref).slice(0, 32)}.lock`, lock);
    }
  });
});
