import assert from 'node:assert/strict';
import { makeConnection } from '../../../src/connections/connection';
import { ExplorerModel } from '../../../src/views/conversations/explorerModel';

describe('explorer model with a sandbox that a setting names', () => {
  it('says what is wrong with it until the list of connections changes', async () => {
    const app = makeConnection({
      ...{ name: 'Test', endpoint: 'http://127.0.0.1:1', sdkAppId: 1, administrator: 'administrator' },
      ...{ environment: 'test', credentialKind: 'secretKey' },
    });
    let wrong: Error | undefined = new Error('no address');
    const model = new ExplorerModel(
      {
        list: () => [app],
        get: () => app,
        prepare: () => (wrong ? Promise.reject(wrong) : Promise.resolve()),
        client: () => Promise.reject(new Error('nobody asks')),
        meet: () => Promise.resolve(),
      },
      () => undefined,
      () => undefined,
    );
    const kinds = async (): Promise<string[]> => (await model.children()).map(({ kind }) => kind);
    assert.deepEqual(await kinds(), ['row', 'connection']);
    wrong = undefined;
    assert.deepEqual(await kinds(), ['row', 'connection'], 'nothing is asked at each look');
    model.connectionsChanged();
    assert.deepEqual(await kinds(), ['connection']);
    model.dispose();
  });
});
