// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'a page of another site may not call the sandbox',
    file: 'src/sandbox/http/visitors.ts',
    from: `  if (origin !== undefined && !isLoopbackOrigin(origin)`,
    to: `  if (origin === 'never' && !isLoopbackOrigin(origin)`,
    tests: 'sandbox',
  },
  {
    breaks: 'a name that a site gave to 127.0.0.1 does not reach the sandbox',
    file: 'src/sandbox/http/visitors.ts',
    from: `  if (host === undefined) return undefined;`,
    to: `  if (host !== '') return undefined;`,
    tests: 'sandbox',
  },
  {
    breaks: 'headers that nobody looks at are not left out before the Origin is looked for',
    file: 'src/sandbox/http/httpServer.ts',
    from: `if (rawHeaders.length > 2 * this.limits.headers)`,
    to: `if (rawHeaders.length < 0)`,
    tests: 'sandbox',
  },
  {
    breaks: 'a status of a fault ends the exchange',
    file: 'src/sandbox/http/faults.ts',
    from: `number('status', 502, 200, 599)`,
    to: `number('status', 502, 100, 599)`,
    tests: 'sandbox',
  },
  {
    breaks: 'an answer is not written over the answer of a call that waits',
    file: 'src/sandbox/http/httpServer.ts',
    from: `if ((this.waiting.get(socket) ?? 0) > 0) socket.destroy();`,
    to: `if ((this.waiting.get(socket) ?? 0) < 0) socket.destroy();`,
    tests: 'sandbox',
  },
  {
    breaks: 'bodies that are read at one time are bounded together',
    file: 'src/sandbox/http/httpServer.ts',
    from: `return this.reading > this.limits.bodyBytesTogether`,
    to: `return this.reading < 0`,
    tests: 'sandbox',
  },
  {
    breaks: 'that a person stopped the sandbox is remembered',
    file: 'src/localSandbox/sandboxProcess.ts',
    from: `return (await this.kept(STOPPED)) !== undefined;`,
    to: `return (await this.kept(STOPPED)) === 'never';`,
    tests: 'localSandbox/sandboxProcess.test.ts',
  },
  {
    breaks: 'one odd message hides no page',
    file: 'src/chat/wire/historyItem.ts',
    from: `if (!(error instanceof OddMember)) throw error;`,
    to: `throw error;`,
    tests: 'chat/history.test.ts',
  },
  {
    breaks: 'the tree is told when reading on reaches a day that was jumped to',
    file: 'src/views/conversations/listing.ts',
    from: `        'then',\n`,
    to: ``,
    tests: 'views/explorerModel.test.ts',
  },
  {
    breaks: 'a page of this machine changes nothing without the token',
    file: 'src/sandbox/control/access.ts',
    from: `    if (origin !== undefined && method !== 'GET')`,
    to: `    if (origin === 'never' && method !== 'GET')`,
    tests: 'sandbox',
  },
  {
    breaks: 'whoever reaches the sandbox from another machine shows the token',
    file: 'src/sandbox/control/access.ts',
    from: `    if (this.isFar)
      return { status: 401,`,
    to: `    if (this.isFar && method === 'NEVER')
      return { status: 401,`,
    tests: 'sandbox',
  },
  {
    breaks: 'a picture of another site asks no control route',
    file: 'src/sandbox/control/access.ts',
    from: `if (crossSite || strangerIn(`,
    to: `if (strangerIn(`,
    tests: 'sandbox',
  },
  {
    breaks: 'a conversation that nobody looked at yet has its messages',
    file: 'src/sandbox/store/conversation.ts',
    from: `if (this.added.length > 0)`,
    to: `if (this.added.length > 1)`,
    tests: 'sandbox',
  },
  {
    breaks: 'a page of history that was read before shows what changed since',
    file: 'src/sandbox/store/store.ts',
    from: `conversation?.touch();\n    return message;`,
    to: `return message;`,
    tests: 'sandbox',
  },
];
