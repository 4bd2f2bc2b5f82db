import { run, type Page } from './pagingRace';

/**
 * Reading history through the client against a bare keep-alive loop over the very same requests: `node-fetch`, as the
 * client's, with nothing around it but `JSON.parse`. What `node-fetch` itself costs against Node's own `http` is
 * printed, too, and has no budget: it was chosen for other reasons.
 */
const MESSAGES = 10_000;
const PAGE_BYTES = 13 * 1024;
const BUDGET = 1.1;

const newest = 1_700_000_000;

function messageText(i: number): string {
  const time = newest - i;
  const data = JSON.stringify(`{"order":12345678901234567,"note":"${'你好 '.repeat(i % 7)}","i":${i}}`);
  return (
    `{"From_Account":"alice","To_Account":"bob","MsgSeq":${i},"MsgRandom":7,"MsgTimeStamp":${time},"MsgFlagBits":0,` +
    `"IsPeerRead":0,"MsgKey":"${i}_7_${time}","MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":${data}}}],` +
    `"CloudCustomData":"{\\"i\\":${i}}"}`
  );
}

/** The conversation as the service would page it: cut at 13 KB, newest page first, oldest message first in each. */
function pages(): Page[] {
  const all: Page[] = [];
  let cursor = { time: newest, key: undefined as string | undefined };
  for (let i = 0; i < MESSAGES;) {
    const items: string[] = [];
    for (let size = 0; size < PAGE_BYTES && i < MESSAGES; i++) {
      const text = messageText(i);
      items.unshift(text);
      size += Buffer.byteLength(text);
    }
    const last = { time: newest - (i - 1), key: `${i - 1}_7_${newest - (i - 1)}` };
    all.push({
      request: JSON.stringify({
        Operator_Account: 'alice',
        Peer_Account: 'bob',
        MaxCnt: 100,
        MinTime: 0,
        MaxTime: cursor.time,
        LastMsgKey: cursor.key,
      }),
      answer:
        `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"Complete":${i < MESSAGES ? 0 : 1},` +
        `"MsgCnt":${items.length},"LastMsgTime":${last.time},"LastMsgKey":"${last.key}","MsgList":[${items.join(',')}]}`,
    });
    cursor = last;
  }
  return all;
}

void run({
  file: __filename,
  command: 'openim/admin_getroammsg',
  messages: MESSAGES,
  budget: BUDGET,
  pages,
  read: async (client) => {
    let count = 0;
    const chat = { chat: 'c2c', user: 'alice', peer: 'bob' } as const;
    for await (const page of client.history({ chat, maxTime: newest })) count += page.messages.length;
    return count;
  },
});
