import assert from 'node:assert/strict';
import {
  withConversation,
  withGroup,
  withoutGroup,
  withoutUser,
  withUser,
} from '../../../src/connections/additions';
import {
  connectionId,
  makeConnection,
  namesake,
  type ConnectionDetails,
} from '../../../src/connections/connection';
import {
  ConnectionStore,
  NewerStoreError,
  type KeyValueStore,
} from '../../../src/connections/connectionStore';
import { SecretVault, type SecretStore } from '../../../src/connections/secretVault';

const details: ConnectionDetails = {
  name: 'Shop',
  endpoint: 'https://console.tim.qq.com',
  region: 'china',
  sdkAppId: 1400000001,
  administrator: 'administrator',
  environment: 'test',
  credentialKind: 'secretKey',
};

/** What VS Code keeps, in memory; each half can be made to fail. */
class Machine implements KeyValueStore {
  readonly values = new Map<string, string>();
  readonly secrets = new Map<string, string>();
  failValues = false;
  failSecrets = false;

  get(key: string): unknown {
    const text = this.values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }
  async update(key: string, value: unknown): Promise<void> {
    // A slow disk: whoever reads meanwhile sees what was before.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failValues) throw new Error('disk full');
    // As VS Code does: only what JSON can hold survives.
    this.values.set(key, JSON.stringify(value));
  }
  store(key: string, value: string): Promise<void> {
    if (this.failSecrets) return Promise.reject(new Error('no keyring'));
    this.secrets.set(key, value);
    return Promise.resolve();
  }
  delete(key: string): Promise<void> {
    if (this.failSecrets) return Promise.reject(new Error('no keyring'));
    this.secrets.delete(key);
    return Promise.resolve();
  }
  readSecret(key: string): Promise<string | undefined> {
    return this.failSecrets
      ? Promise.reject(new Error('no keyring'))
      : Promise.resolve(this.secrets.get(key));
  }
  get asSecrets(): SecretStore {
    return {
      get: (key) => this.readSecret(key),
      store: (key, value) => this.store(key, value),
      delete: (key) => this.delete(key),
    };
  }
}

function open(machine: Machine): { store: ConnectionStore; vault: SecretVault; seen: string[] } {
  const seen: string[] = [];
  const vault = new SecretVault(
    machine.asSecrets,
    (secret) => seen.push(secret),
    () => undefined,
  );
  return { store: new ConnectionStore(machine, vault), vault, seen };
}

describe('connection store', () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));

  it('keeps the secret in the vault and nowhere else', async () => {
    const { store, seen } = open(machine);
    const connection = makeConnection(details);
    assert.equal(await store.put(connection, 'a very secret key'), true);
    assert.deepEqual(open(machine).store.list(), [connection]);
    assert.ok(![...machine.values.values()].some((text) => text.includes('a very secret key')));
    assert.deepEqual([...machine.secrets], [[`tencentChat.secret.${connection.id}`, 'a very secret key']]);
    assert.deepEqual(seen, ['a very secret key'], 'the log is told what to leave out');
    assert.equal(await open(machine).vault.get(connection.id), 'a very secret key');
  });

  it('has an id that comes from what is talked to, not from its name', () => {
    const { id } = makeConnection(details);
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.equal(makeConnection({ ...details, name: 'Other', environment: 'production' }).id, id);
    assert.notEqual(connectionId({ ...details, sdkAppId: 1400000002 }), id);
    assert.notEqual(connectionId({ ...details, administrator: 'Administrator' }), id);
    const sandbox = { ...details, credentialKind: 'sandbox' as const };
    assert.equal(connectionId(sandbox), connectionId({ ...sandbox, endpoint: 'http://127.0.0.1:5' }));
  });

  it('takes both halves back when one fails', async () => {
    const { store, vault } = open(machine);
    const connection = makeConnection(details);
    await store.put(connection, 'first secret');
    machine.failValues = true;
    const changed = makeConnection({ ...details, name: 'New name' });
    await assert.rejects(store.put(changed, 'second secret'), /disk full/);
    assert.equal(await vault.get(connection.id), 'first secret');
    assert.equal(machine.secrets.get(`tencentChat.secret.${connection.id}`), 'first secret');
    await assert.rejects(store.remove(connection.id), /disk full/);
    assert.equal(await open(machine).vault.get(connection.id), 'first secret');
    machine.failValues = false;
    machine.failSecrets = true;
    await assert.rejects(store.remove(connection.id), /no keyring/);
    assert.deepEqual(store.list(), [connection], 'still there, since its secret is');
  });

  it('keeps a secret for the session when the machine cannot', async () => {
    const { store, vault } = open(machine);
    machine.failSecrets = true;
    const connection = makeConnection(details);
    assert.equal(await store.put(connection, 'a secret key'), false);
    assert.equal(await vault.get(connection.id), 'a secret key');
    assert.equal(
      await open(machine).vault.get(connection.id),
      undefined,
      'lost after a restart, and that is no error',
    );
  });

  it('takes a secret over from another window, and keeps its own while that cannot be read', async () => {
    const { store, vault, seen } = open(machine);
    const other = open(machine);
    const { id } = makeConnection(details);
    const key = `tencentChat.secret.${id}`;
    await store.put(makeConnection(details), 'an old key');
    assert.equal(await vault.takeOver(key), false, 'its own');
    await other.vault.set(id, 'a new key');
    assert.equal(await vault.get(id), 'an old key', 'before it was told');
    machine.failSecrets = true;
    assert.equal(await vault.takeOver(key), false);
    assert.equal(await vault.get(id), 'an old key');
    machine.failSecrets = false;
    assert.equal(await vault.takeOver(key), true);
    assert.equal(await vault.get(id), 'a new key');
    assert.equal(seen.at(-1), 'a new key', 'the log is told what to leave out');
    await other.vault.delete(id);
    assert.equal(await vault.takeOver(key), true);
    assert.equal(await vault.get(id), undefined);
    assert.equal(await vault.takeOver(`tencentChat.secret.${'0'.repeat(16)}`), false, 'of no interest');
  });

  it('does not put an older secret of another window in the place of one that is just given here', async () => {
    const { vault } = open(machine);
    const { id } = makeConnection(details);
    await vault.set(id, 'an old key');
    machine.secrets.set(`tencentChat.secret.${id}`, 'of another window');
    const taken = vault.takeOver(`tencentChat.secret.${id}`);
    const given = vault.set(id, 'given here');
    assert.equal(await taken, false);
    await given;
    assert.equal(await vault.get(id), 'given here');
  });

  it('moves lists along when what is talked to changes, and the secret only when told', async () => {
    const { store, vault } = open(machine);
    const old = makeConnection(details, { users: ['alice'] });
    const other = makeConnection({ ...details, sdkAppId: 7 });
    await store.put(old, 'the secret');
    await store.put(other, 'other secret');
    const moved = makeConnection({ ...details, endpoint: 'https://adminapisgp.im.qcloud.com' }, old);
    await store.put(moved, undefined, old.id);
    assert.deepEqual(
      store.list().map(({ id }) => id),
      [moved.id, other.id],
      'in the same place',
    );
    assert.deepEqual(store.list()[0]?.users, ['alice']);
    assert.equal(await vault.get(moved.id), undefined, 'it was given for another endpoint');
    assert.equal(await vault.get(old.id), undefined);
    await store.put(old, 'the secret', moved.id);
    assert.equal(await vault.get(old.id), 'the secret');
    assert.equal(machine.secrets.size, 2);
  });

  it('remembers the ids that a connection had, until another one has them', async () => {
    const { store } = open(machine);
    const old = makeConnection(details);
    const standby = { ...details, endpoint: 'https://console.im.tencentcloud.com' };
    const moved = makeConnection(standby, { ...old, former: [old.id] });
    await store.put(old, 'the secret');
    await store.put(moved, 'the secret', old.id);
    assert.deepEqual(open(machine).store.list()[0]?.former, [old.id]);
    assert.deepEqual(makeConnection(details, { former: [moved.id, old.id] }).former, [moved.id]);
    await store.put(old, 'the secret');
    assert.deepEqual(
      store.list().map(({ id, former }) => ({ id, former })),
      [
        { id: moved.id, former: [] },
        { id: old.id, former: [] },
      ],
    );
  });

  it('knows a connection of the same name, however it is written', () => {
    const shop = makeConnection({ ...details, name: 'Live Shop' });
    for (const name of ['Live Shop', 'live  shop ', 'Ｌive\u00a0Shop']) {
      assert.equal(namesake([shop], name, undefined), shop);
      assert.equal(namesake([shop], name, shop.id), undefined, 'its own');
    }
    assert.equal(namesake([shop], 'Live Shop 2', undefined), undefined);
  });

  it('loses nothing when many write at once', async () => {
    const { store } = open(machine);
    const connection = makeConnection(details);
    await store.put(connection, 'secret key');
    const users = Array.from({ length: 30 }, (_, index) => `user-${index}`);
    await Promise.all(
      users.map((user) => store.change(connection.id, (now) => ({ ...now, users: [...now.users, user] }))),
    );
    assert.deepEqual(store.list()[0]?.users, users);
  });

  it('makes a connection of what the one it replaces is by then', async () => {
    const { store } = open(machine);
    const old = makeConnection(details);
    await store.put(old, 'secret');
    const renamed = makeConnection({ ...details, name: 'Other' });
    const [changed] = await Promise.all([
      store.change(old.id, withUser('lena')),
      store.put(renamed, undefined, old.id, (now) => makeConnection({ ...details, name: 'Other' }, now)),
    ]);
    assert.ok(changed);
    assert.deepEqual(
      store.list().map(({ name, users }) => [name, users]),
      [['Other', ['lena']]],
    );
  });

  it('keeps users, conversations and groups added by hand, each once, and takes off what is removed', async () => {
    const { store } = open(machine);
    const { id } = makeConnection(details);
    await store.put(makeConnection(details), 'secret key');
    const additions = [
      withUser('alice'),
      withConversation({ user: 'alice', peer: 'bob' }),
      withConversation({ user: 'carol', peer: 'bob' }),
      withGroup('@TGS#1'),
      withGroup('@TGS#2'),
    ];
    for (const addition of additions) assert.equal(await store.change(id, addition), true);
    for (const addition of additions) assert.equal(await store.change(id, addition), false, 'known already');
    const [kept] = open(machine).store.list();
    assert.deepEqual(kept?.groups, ['@TGS#1', '@TGS#2']);
    await store.change(id, withoutGroup('@TGS#1'));
    await store.change(id, withoutUser('alice'));
    const [left] = open(machine).store.list();
    assert.deepEqual(
      [left?.groups, left?.users, left?.conversations],
      [['@TGS#2'], [], [{ user: 'carol', peer: 'bob' }]],
    );
    // A version before groups knew none.
    const { groups, ...before } = makeConnection(details);
    assert.deepEqual(groups, []);
    machine.values.set('tencentChat.connections', JSON.stringify({ version: 1, connections: [before] }));
    assert.deepEqual(open(machine).store.list()[0]?.groups, []);
  });

  it('leaves a damaged entry where it is and shows the others', async () => {
    const connection = makeConnection(details);
    const damaged = { name: 'half', endpoint: 17 };
    machine.values.set(
      'tencentChat.connections',
      JSON.stringify({ version: 1, connections: [damaged, connection] }),
    );
    const { store } = open(machine);
    assert.deepEqual(store.list(), [connection]);
    await store.change(connection.id, (now) => ({ ...now, users: ['bob'] }));
    assert.ok(machine.values.get('tencentChat.connections')?.includes('"half"'));
  });

  it('gives no connection to an endpoint that could not have been entered', () => {
    const connection = makeConnection(details);
    const elsewhere = { ...connection, endpoint: 'http://elsewhere.example' };
    machine.values.set(
      'tencentChat.connections',
      JSON.stringify({ version: 1, connections: [elsewhere, connection] }),
    );
    assert.deepEqual(open(machine).store.list(), [connection]);
  });

  it('keeps that a connection is read-only', async () => {
    await open(machine).store.put(makeConnection(details, { readOnly: true }), 'secret key');
    assert.deepEqual(
      open(machine)
        .store.list()
        .map(({ readOnly }) => readOnly),
      [true],
    );
  });

  it('does not write over what a newer version stored', async () => {
    machine.values.set('tencentChat.connections', JSON.stringify({ version: 2, connections: [], more: 1 }));
    const { store } = open(machine);
    await assert.rejects(store.put(makeConnection(details), 'secret key'), NewerStoreError);
    assert.ok(machine.values.get('tencentChat.connections')?.includes('"more"'));
    assert.equal(machine.secrets.size, 0);
  });
});
