import { elements } from '../../message/elements';
import type { SampleMessage } from './sampleMessage';

const HOUR = 3600;

function element(MsgType: string, MsgContent: Record<string, unknown>): string {
  return JSON.stringify({ MsgType, MsgContent });
}

/** One message of every element type, and one of several, between Alice and Carol. */
export function elementMessages(): SampleMessage[] {
  const bodies = [
    ...elements.flatMap(({ type, sample }) => [
      element(type, sample),
      // As old SDKs send it: without Url and Download_Flag.
      ...(type === 'TIMSoundElem' ? [element(type, { UUID: '305c0201', Size: 62351, Second: 1 })] : []),
    ]),
    [
      element('TIMTextElem', { Text: 'hello' }),
      element('TIMFaceElem', { Index: 1, Data: 'content' }),
      element('TIMTextElem', { Text: 'world' }),
    ].join(','),
  ];
  return bodies.map((body, index) => ({
    from: index % 2 === 0 ? 'carol' : 'alice',
    to: index % 2 === 0 ? 'alice' : 'carol',
    ago: 30 * HOUR - index * 240,
    body: `[${body}]`,
    ...(index === 0 && { cloud: 'your cloud custom data' }),
  }));
}

/**
 * Contents that an editor must not hurt: JSON in strings three levels deep, a 17-digit integer, the customer's own
 * escapes, emoji and right-to-left text, a recalled message, and one near the limit of 12 KB.
 */
export function embeddedMessages(): SampleMessage[] {
  const coupon = JSON.stringify({ coupon: 'SAVE10', until: '2026-12-31', tags: ['vip', '新客'] });
  const card = JSON.stringify({ type: 'card', version: 3, payload: coupon });
  const order = JSON.stringify({ businessID: 'order_card', title: 'Order 20260-7781 🎁', card });
  const long = '这是一条很长的消息，用来试试十二千字节的上限。'.repeat(150);
  const bodies: Partial<SampleMessage>[] = [
    { body: `[${element('TIMTextElem', { Text: 'Hi Dave, your order is on its way 🚚' })}]` },
    {
      body: `[${element('TIMCustomElem', { Data: order, Desc: 'Your order', Ext: card })}]`,
      cloud: JSON.stringify({
        messageFeature: { needTyping: 1 },
        trace: { source: 'shop', hops: [1, 2, 3] },
      }),
    },
    {
      // 17 digits do not fit into a double, and \/ and \u00e9 are ways to write that must stay.
      body:
        '[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\\"orderId\\":12345678901234567,' +
        '\\"link\\":\\"https:\\\\/\\\\/shop.example.com\\\\/o\\\\/7781\\",\\"place\\":\\"caf\\\\u00e9\\"}",' +
        '"Desc":"Order 12345678901234567"}}]',
      cloud: '{"orderId":12345678901234567,"price":10.50}',
    },
    {
      // Index is a 32-bit number for typed clients, so what is longer stands in Data.
      body:
        '[{"MsgType":"TIMFaceElem","MsgContent":{"Index":7,"Data":"{\\"sticker\\":12345678901234567,' +
        '\\"pack\\":\\"cats\\\\/7\\"}"}}]',
    },
    { body: `[${element('TIMTextElem', { Text: 'مرحبا! هل وصل الطلب؟ Order 7781 👨‍👩‍👧‍👦' })}]` },
    { body: `[${element('TIMTextElem', { Text: 'שלום, ההזמנה הגיעה 😀 (box 2/2)' })}]` },
    { body: `[${element('TIMTextElem', { Text: 'Sorry, wrong chat.' })}]`, recalled: true },
    { body: `[${element('TIMTextElem', { Text: long })}]` },
    { body: `[${element('TIMTextElem', { Text: 'Line one\nLine two\tand a tab' })}]`, cloud: '' },
  ];
  return bodies.map((message, index) => ({
    from: index % 3 === 1 ? 'dave' : 'support-bot',
    to: index % 3 === 1 ? 'support-bot' : 'dave',
    ago: 5 * HOUR - index * 420,
    body: '[]',
    ...message,
  }));
}
