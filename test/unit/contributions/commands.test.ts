import assert from 'node:assert/strict';
import { c2cAddress } from '../../../src/chat/address';
import { asCommand, CommandArgumentError, readArguments } from '../../../src/contributions/command';
import { commands } from '../../../src/contributions/commands';

const NODE = { kind: 'message', id: '["c","a","b"]', connectionId: 'c', operator: 'a', peer: 'b' };

describe('the arguments of commands', () => {
  it('are read down to what the command takes, whatever else a row has', () => {
    const row = { ...NODE, message: { address: c2cAddress('a', 'b', '1_2_3'), content: { msgBody: '[]' } } };
    assert.deepEqual(readArguments(commands.messageModify, [row, [row]]), [
      { connectionId: 'c', message: { address: c2cAddress('a', 'b', '1_2_3') } },
    ]);
    assert.deepEqual(readArguments(commands.explorerRefreshNode, [NODE]), [{ kind: 'message', id: NODE.id }]);
    assert.deepEqual(readArguments(commands.sandboxReset, [true]), []);
  });

  it('may be left out, as in the palette', () => {
    assert.deepEqual(readArguments(commands.connectionEdit, []), [undefined]);
    assert.deepEqual(readArguments(commands.connectionEdit, [null]), [undefined]);
  });

  it('carry no details, secrets or answers into a command', () => {
    const forged = {
      connectionId: 'c',
      details: { endpoint: 'https://elsewhere.example' },
      secret: 'a secret',
      userId: 'u',
    };
    for (const command of [
      commands.connectionEdit,
      commands.connectionEnterSecret,
      commands.connectionDeleteLocalData,
      commands.accountImport,
    ]) {
      assert.deepEqual(readArguments(command, [forged]), [{ connectionId: 'c' }], command.id);
    }
    assert.deepEqual(readArguments(commands.connectionAdd, [forged]), []);
  });

  it('that are of another kind stop the command', () => {
    const wrong: readonly (readonly [(typeof commands)[keyof typeof commands], unknown])[] = [
      [commands.connectionEdit, 'c'],
      [commands.connectionEdit, { connectionId: 7 }],
      [commands.accountImport, { connectionId: 'c', userIds: 'alice' }],
      [commands.accountImport, { connectionId: 'c', userIds: ['alice', 7] }],
      [
        commands.messageRecall,
        { connectionId: 'c', message: { address: { chat: 'c2c', from: 'a', to: 'b', key: 7 } } },
      ],
      [commands.messageModify, { scheme: 'tencent-chat', path: '/c/a/b/1_2_3.chatmsg.json' }],
      [commands.modificationUndo, { id: '1' }],
      [commands.errorCodeExplain, '90001'],
      [commands.revisionRestore, { revision: { id: 1 } }],
      [commands.historyShow, { kind: 'connection' }],
    ];
    for (const [command, argument] of wrong) {
      assert.throws(
        () => readArguments(command, [argument]),
        (error) => error instanceof CommandArgumentError && error.commandId === command.id,
        `${command.id} ${JSON.stringify(argument)}`,
      );
    }
  });

  it('of buttons and rows are those that the command reads', () => {
    const { command, arguments: args = [] } = asCommand('Import', commands.accountImport, {
      connectionId: 'c',
      userIds: ['alice', 'bob'],
    });
    assert.equal(command, 'tencentChat.account.import');
    assert.deepEqual(readArguments(commands.accountImport, args as unknown[]), [
      { connectionId: 'c', userIds: ['alice', 'bob'] },
    ]);
  });
});
