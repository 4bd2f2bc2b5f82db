import type { SampleMessage } from './sampleMessage';

const COUNT = 300;
const HOUR = 3600;

/** What Alice and Bob say, one after the other, over and over. */
const lines = [
  'Morning! Did the build go green?',
  'Yes, at 07:40. Only the flaky upload test needed a second run.',
  'Great. Can you look at the order page? A customer says the total is wrong.',
  '客户说订单金额不对，截图我发你邮箱了。',
  'Looking… which order?',
  'Order 20260-7781, paid in euros.',
  'I see it. The shipping was added twice.',
  'Rounding again?',
  'No, the voucher is applied before the tax. 我改一下，十分钟。',
  'Thanks! Tell me when it is on staging 🙏',
  'On staging now.',
  'Total is right. The mail still shows the old sum, though.',
  'The mail reads a cached value. Clearing it.',
  'Works. Closing the ticket ✅',
  'Lunch?',
  'In ten minutes. The usual place?',
  'Perfect 🍜',
  'By the way, the notification text has a typo: "recieved".',
  'Fixed. It will go out with the next message template.',
  'One more: “Don’t” shows up as “Don&#39;t” on Android.',
  'Escaped twice, then. I will check the template engine.',
  '今天下班前能发版吗？',
  'I would rather ship tomorrow morning.',
  'Fine with me. Enjoy your evening!',
  'You too 👋',
] as const;

/** Three hundred messages between two people over more than six days, some of them in one second. */
export function chatter(): SampleMessage[] {
  const messages: SampleMessage[] = [];
  for (let index = 0; index < COUNT; index++) {
    const fromAlice = index % 2 === 0;
    const day = 6 - Math.floor(index / 46);
    const place = index % 46;
    // A pair in one second every now and then: order within a second is by MsgSeq.
    const sameSecond = index % 23 === 11 ? 1 : 0;
    const minutes = (place - sameSecond) * 7;
    const text = lines[index % lines.length] ?? '';
    messages.push({
      from: fromAlice ? 'alice' : 'bob',
      to: fromAlice ? 'bob' : 'alice',
      ago: day * 24 * HOUR + 6 * HOUR - minutes * 60 + 120,
      body: JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }]),
      ...(index % 10 === 0 && { cloud: JSON.stringify({ client: fromAlice ? 'web' : 'ios', n: index }) }),
      ...(index < COUNT - 4 && { peerRead: index % 3 === 0 }),
      ...(index >= COUNT - 4 && { unread: true }),
    });
  }
  return messages;
}
