import { run, type Page } from './pagingRace';

/**
 * Reading a group's history through the client against a bare keep-alive loop over the very same requests, 20 messages
 * each: with so many small pages, what the client does for each page counts more than what it does for each message.
 */
const MESSAGES = 10_000;
const PAGE = 20;
const BUDGET = 1.05;

function messageText(seq: number): string {
  const data = JSON.stringify(`{"order":12345678901234567,"note":"${'你好 '.repeat(seq % 7)}","n":${seq}}`);
  // Every hundredth place is empty, and every hundred and first was recalled.
  const place = seq % 100 === 0 ? 1 : seq % 101 === 0 ? 2 : 0;
  const body = place === 1 ? '[]' : `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data}}}]`;
  return (
    `{"From_Account":"user_${seq % 9}","IsPlaceMsg":${place},"MsgBody":${body},"MsgPriority":2,"MsgRandom":${seq * 7},` +
    `"MsgSeq":${seq},"MsgTimeStamp":${1_700_000_000 + seq},"CloudCustomData":"{\\"n\\":${seq}}"}`
  );
}

function pages(): Page[] {
  return Array.from({ length: MESSAGES / PAGE }, (_, index) => {
    const from = MESSAGES - index * PAGE;
    const items = Array.from({ length: PAGE }, (_item, place) => messageText(from - place));
    return {
      request: JSON.stringify({
        GroupId: '@TGS#2CREW',
        ReqMsgNumber: PAGE,
        ...(index > 0 && { ReqMsgSeq: from }),
        WithRecalledMsg: 1,
      }),
      answer:
        `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"GroupId":"@TGS#2CREW","IsFinished":1,` +
        `"RspMsgList":[${items.join(',')}]}`,
    };
  });
}

void run({
  file: __filename,
  command: 'group_open_http_svc/group_msg_get_simple',
  messages: MESSAGES,
  budget: BUDGET,
  pages,
  read: async (client) => {
    let count = 0;
    for await (const page of client.history({ chat: { chat: 'group', group: '@TGS#2CREW' } }))
      count += page.messages.length;
    return count;
  },
});
