import assert from 'node:assert/strict';
import { c2cAddress, groupAddress } from '../../../src/chat/address';
import { callsAboutChat, callsAboutMessage, callsAboutUser } from '../../../src/copying/calls';
import { contentText } from '../../../src/copying/contentText';
import { checkRequests } from '../../../src/requests/problems';
import { blockOf } from '../../../src/requests/foundCall';
import { parseRequests } from '../../../src/requests/parse';

const HELLO = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"h\\u00e9llo"}}]';

describe('copying: calls about what is copied', () => {
  const c2c = callsAboutMessage(
    {
      address: c2cAddress('alice', 'bob', '1_2_1700000000'),
      sender: 'alice',
      time: 1_700_000_000,
      content: { msgBody: HELLO, cloudCustomData: '"data"' },
    },
    77,
  );
  const group = callsAboutMessage(
    {
      address: groupAddress('@TGS#1', 9, 'topic'),
      sender: 'carol',
      time: 1_700_000_000,
      content: { msgBody: HELLO },
    },
    77,
  );

  it('of a message: modify, read, send, recall, with each token of it as it is', () => {
    assert.deepEqual(c2c, [
      {
        command: 'openim/modify_c2c_msg',
        body: `{"From_Account":"alice","To_Account":"bob","MsgKey":"1_2_1700000000","MsgBody":${HELLO},"CloudCustomData":"data"}`,
      },
      {
        command: 'openim/admin_getroammsg',
        body: '{"Operator_Account":"alice","Peer_Account":"bob","MaxCnt":100,"MinTime":1700000000,"MaxTime":1700000000}',
      },
      {
        command: 'openim/sendmsg',
        body: `{"From_Account":"alice","To_Account":"bob","MsgRandom":77,"MsgBody":${HELLO},"CloudCustomData":"data"}`,
      },
      {
        command: 'openim/admin_msgwithdraw',
        body: '{"From_Account":"alice","To_Account":"bob","MsgKey":"1_2_1700000000"}',
      },
    ]);
    assert.deepEqual(group, [
      {
        command: 'openim/modify_group_msg',
        body: `{"GroupId":"@TGS#1","TopicId":"topic","MsgSeq":9,"MsgBody":${HELLO}}`,
      },
      {
        command: 'group_open_http_svc/group_msg_get_simple',
        body: '{"GroupId":"@TGS#1","TopicId":"topic","ReqMsgSeq":9,"ReqMsgNumber":1,"WithRecalledMsg":1}',
      },
      {
        command: 'group_open_http_svc/send_group_msg',
        body: `{"GroupId":"@TGS#1","TopicId":"topic","From_Account":"carol","Random":77,"MsgBody":${HELLO}}`,
      },
      {
        command: 'group_open_http_svc/group_msg_recall',
        body: '{"GroupId":"@TGS#1","TopicId":"topic","MsgSeqList":[{"MsgSeq":9}]}',
      },
    ]);
  });

  it('of anything: the checks of request documents find nothing wrong with them', () => {
    const all = [
      ...c2c,
      ...group,
      ...callsAboutUser('alice'),
      ...callsAboutChat({ chat: 'c2c', user: 'alice', peer: 'bob' }, 7),
      ...callsAboutChat({ chat: 'group', group: '@TGS#1', topic: 't' }, 7),
    ];
    assert.equal(all.length, 20);
    for (const { command, body } of all) {
      const { own, messages } = checkRequests(parseRequests(blockOf({ command, body }, command)));
      assert.deepEqual({ command, own, messages }, { command, own: [], messages: [] });
    }
  });

  it('words of a message: its texts whole, else what a list says of it', () => {
    assert.equal(contentText({ msgBody: HELLO }), 'héllo');
    const two = `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a\\nb"}},{"MsgType":"TIMTextElem","MsgContent":{"Text":"c"}}]`;
    assert.equal(contentText({ msgBody: two }), 'a\nb\nc');
    assert.equal(contentText({ msgBody: '[]' }), '');
  });
});
