import type { SampleMessage } from './sample';

const HOUR = 3600;

function element(MsgType: string, MsgContent: Record<string, unknown>): string {
  return JSON.stringify({ MsgType, MsgContent });
}

/** One message of every element type, and one of several, between Alice and Carol. */
export function elementMessages(): SampleMessage[] {
  const bodies = [
    element('TIMTextElem', { Text: 'hello world' }),
    element('TIMLocationElem', {
      Desc: 'someinfo',
      Latitude: 29.340656774469956,
      Longitude: 116.77497920478824,
    }),
    element('TIMFaceElem', { Index: 1, Data: 'content' }),
    element('TIMCustomElem', {
      Data: 'message',
      Desc: 'notification',
      Ext: 'url',
      Sound: 'dingdong.aiff',
    }),
    element('TIMSoundElem', {
      Url: 'https://files.example.com/voice/c9be9d32c05bfb77b3edafa4312c6c7d',
      UUID: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F',
      Size: 62351,
      Second: 1,
      Download_Flag: 2,
    }),
    // As old SDKs send it: without Url and Download_Flag.
    element('TIMSoundElem', { UUID: '305c0201', Size: 62351, Second: 1 }),
    element('TIMImageElem', {
      UUID: '1853095_D61040894AC3DE44CDFFFB3EC7EB720F',
      ImageFormat: 1,
      ImageInfoArray: [
        { Type: 1, Size: 1853095, Width: 2448, Height: 3264, URL: 'https://files.example.com/p/0' },
        { Type: 2, Size: 2565240, Width: 0, Height: 0, URL: 'https://files.example.com/p/720' },
        { Type: 3, Size: 12535, Width: 0, Height: 0, URL: 'https://files.example.com/p/198' },
      ],
    }),
    element('TIMFileElem', {
      Url: 'https://files.example.com/f/49be9d32c0fbfba7b31dafa4312c6c7d',
      UUID: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F',
      FileSize: 1773552,
      FileName: 'Quarterly report 2026 – final.pdf',
      Download_Flag: 2,
    }),
    element('TIMVideoFileElem', {
      VideoUrl: 'https://files.example.com/v/f7c6ad3c50af7d83e23efe0a208b90c9',
      VideoUUID: '5da38ba89d6521011e1f6f3fd6692e35',
      VideoSize: 1194603,
      VideoSecond: 5,
      VideoFormat: 'mp4',
      VideoDownloadFlag: 2,
      ThumbUrl: 'https://files.example.com/v/a6c170c9c599280cb06e0523d7a1f37b',
      ThumbUUID: '6edaffedef5150684510cf97957b7bc8',
      ThumbSize: 13907,
      ThumbWidth: 720,
      ThumbHeight: 1280,
      ThumbFormat: 'JPG',
      ThumbDownloadFlag: 2,
    }),
    element('TIMRelayElem', {
      Title: 'Group chat history',
      MsgNum: 2,
      CompatibleText: 'This version does not support combined messages. Please upgrade.',
      AbstractList: ['A: What do you think of this?', 'B: I think it’s great.'],
      MsgList: [
        {
          From_Account: 'A',
          GroupId: 'group1',
          MsgSeq: 85,
          MsgRandom: 3998651049,
          MsgTimeStamp: 1664437702,
          MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'What do you think of this?' } }],
        },
        {
          From_Account: 'B',
          GroupId: 'group1',
          MsgSeq: 86,
          MsgRandom: 965790,
          MsgTimeStamp: 1664437703,
          MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'I think it’s great.' } }],
        },
      ],
    }),
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
      body: `[{"MsgType":"TIMFaceElem","MsgContent":{"Index":12345678901234567,"Data":"sticker\\/7"}}]`,
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
