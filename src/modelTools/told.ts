/** What answers say to a language model of what stands in them. A model reads them and no person, so they are English. */
export const told = {
  connections: (count: number) => `Connections: ${count}.`,
  names: (most: number) =>
    `Users and groups that are known here, ${most} of each at most; there may be more.`,
  conversations: (count: number, most: number) =>
    `Conversations of one user: ${count}, ${most} at most. time is Unix seconds.`,
  messages: (count: number) => `Messages, newest first: ${count}. MsgTimeStamp is Unix seconds.`,
  older: 'There may be older ones: call again with before = the MsgTimeStamp of the last one.',
  noOlder: 'There are no older ones.',
  unreadable: (count: number) => `Left out, since they cannot be read: ${count}.`,
  noMessage: 'No message was found in the text: no MsgBody, element, request or body of a webhook.',
  noProblem: (messages: number) => `Messages: ${messages}. No problems were found.`,
  problems: (messages: number, problems: number) =>
    `Messages: ${messages}. Problems: ${problems}; the first ones follow.`,
  notDocumented: (code: number) => `${code}: no page of the service documents this code.`,
  calls: (names: readonly string[]) => `Calls: ${names.join(', ')}`,
  ofClient: 'A code of the client SDKs.',
  examined: 'What was found out, line by line.',
  drafted:
    'The draft was written and its change is shown to the person. Nothing was sent: the person looks at it and decides.',
  notAsked: 'The person was not asked about this input. Call the tool again.',
  refused: (why: string) => `Refused, nothing was done: ${why}`,
  failed: (why: string) => `Failed: ${why}`,
} as const;
