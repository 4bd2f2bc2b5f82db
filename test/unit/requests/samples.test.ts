import assert from 'node:assert/strict';
import { callGuides } from '../../../src/chat/calls/guide';
import { samples } from '../../../src/chat/calls/guide/samples';
import { calls } from '../../../src/sandbox/calls/registry';
import { blockOf } from '../../../src/requests/foundCall';
import { parseRequests } from '../../../src/requests/parse';
import { checkRequests } from '../../../src/requests/problems';
import { World } from '../sandbox/world';

/** The group and the community that the bodies name. */
const SEED = JSON.stringify({
  Format: 1,
  Accounts: ['alice', 'bob', 'carol'].map((UserID) => ({ UserID })),
  Groups: [
    {
      GroupId: '@TGS#1HYEP2SHC',
      Type: 'Public',
      Name: 'Group',
      Owner_Account: 'alice',
      MemberList: [{ Member_Account: 'alice', Role: 'Owner' }, { Member_Account: 'bob' }],
    },
    {
      GroupId: '@TGS#_@TGS#cQVLVHIM62CJ',
      Type: 'Community',
      Name: 'Community',
      Owner_Account: 'alice',
      SupportTopic: 1,
      MemberList: [{ Member_Account: 'alice', Role: 'Owner' }],
    },
  ],
});

/** Made last, since others need what they take away. */
const LAST = ['group_open_http_svc/destroy_group', 'im_open_login_svc/account_delete'];

/**
 * What the sandbox answers where that is no success, by hand. The message that a body names is not there (trtc.io/35015:
 * 20022; the page on modifying in the client SDKs: 20026).
 */
const REFUSED: Readonly<Record<string, number>> = {
  'openim/admin_msgwithdraw': 20022,
  'openim/modify_c2c_msg': 20026,
  'openim/modify_group_msg': 20026,
};

describe('requests: the bodies to begin with', () => {
  it('are understood by the sandbox, where it has the call', async () => {
    const world = await World.start({ seed: SEED });
    const codes: Record<string, number> = {};
    try {
      const order = [...callGuides].sort((a, b) => LAST.indexOf(a.spec.name) - LAST.indexOf(b.spec.name));
      for (const { spec, sample } of order) {
        if (!calls.has(spec.name)) continue;
        const { code } = await world.call(spec.name, sample);
        if (code !== 0) codes[spec.name] = code;
      }
    } finally {
      await world.stop();
    }
    assert.deepEqual(codes, REFUSED);
  });

  it('have nothing wrong with them by what is described of the call', () => {
    for (const { spec, sample } of callGuides) {
      // Of a call whose page shows no body, the members that it needs stand there with empty values.
      if (!(spec.name in samples)) continue;
      const text = blockOf({ command: spec.name, body: JSON.stringify(sample) }, spec.name);
      assert.deepEqual(checkRequests(parseRequests(text)).own, [], spec.name);
    }
  });
});
