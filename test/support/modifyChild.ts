import { ChatClient } from '../../src/chat/client';
import type { MessageAddress } from '../../src/chat/address';
import type { ChatApp } from '../../src/chat/chatMessage';
import { Journal } from '../../src/journal/journal';
import type { RevisionConnection } from '../../src/journal/revision';
import { formatMessage } from '../../src/message/document';
import { Modifier } from '../../src/modify/modifier';

/** What a child process gets as its argument, as JSON. */
export interface ChildTask {
  readonly app: ChatApp;
  readonly secretKey: string;
  readonly connection: RevisionConnection;
  readonly addresses: readonly MessageAddress[];
  readonly journal: string;
  readonly locks: string;
  readonly name: string;
}

/** A process that opens and modifies messages until it is killed. It never overwrites what it did not open. */
async function main(task: ChildTask): Promise<void> {
  const client = new ChatClient(task.app, { kind: 'secretKey', secretKey: task.secretKey });
  const modifier = new Modifier({
    journal: new Journal(task.journal),
    lockFolder: task.locks,
    asksInTest: () => false,
    lockWaitMs: 1_000,
  });
  for (let count = 0; ; count += 1) {
    const address = task.addresses[Math.floor(Math.random() * task.addresses.length)]!;
    const found = await client.findMessage(address);
    if (!found) throw new Error('A message is gone.');
    const base = found.message.content;
    const words = `${task.name} ${count}`;
    const msgBody = JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]);
    await modifier.run(
      { connection: task.connection, client, address, base, text: formatMessage({ ...base, msgBody }) },
      {
        problems: () => Promise.resolve('cancel'),
        conflict: () => Promise.resolve('cancel'),
        unreadable: () => Promise.resolve('cancel'),
        confirm: () => Promise.resolve('modify'),
      },
    );
  }
}

main(JSON.parse(process.argv[2] ?? '') as ChildTask).catch((error: unknown) => {
  process.send?.(String(error));
});
