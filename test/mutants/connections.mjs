// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'the id of a connection comes from what it talks to',
    file: 'src/connections/connection.ts',
    from: '`${place}|${details.sdkAppId}|${details.administrator}`',
    to: '`${details.sdkAppId}|${details.administrator}`',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a sandbox keeps its id whatever port it listens on',
    file: 'src/connections/connection.ts',
    from: "details.credentialKind === 'sandbox' ? 'sandbox' : details.endpoint",
    to: 'details.endpoint',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a secret is put back when its connection cannot be kept',
    file: 'src/connections/connectionStore.ts',
    from: `        if (secret !== undefined) await this.vault.restore(connection.id, previous);
`,
    to: '',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a connection stays when its secret cannot be removed',
    file: 'src/connections/connectionStore.ts',
    from: `        await this.write(() => before);
        throw error;`,
    to: '        throw error;',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'what a newer version stored is not written over',
    file: 'src/connections/connectionStore.ts',
    from: 'stored.version !== VERSION) {',
    to: "stored.version === 'never') {",
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a damaged entry stays in the store',
    file: 'src/connections/connectionStore.ts',
    from: 'connections: change(this.read()) });',
    to: 'connections: change([...this.list()]) });',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'the secret of an old place does not stay behind',
    file: 'src/connections/connectionStore.ts',
    from: `      if (replaces !== connection.id) await this.vault.delete(replaces);
`,
    to: '',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a connection that was made read-only stays so',
    file: 'src/connections/connection.ts',
    from: 'readOnly: value.readOnly === true,',
    to: 'readOnly: false,',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a secret that the machine cannot keep lives for the session',
    file: 'src/connections/secretVault.ts',
    from: `    this.remember(key, secret);
    try {
      await this.store.store`,
    to: `    try {
      await this.store.store`,
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a connection remembers the ids under which its data may lie',
    file: 'src/connections/connection.ts',
    from: 'former: strings(value.former).filter((text) => /^[0-9a-f]{16}$/.test(text)),',
    to: '',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'what is kept under an id belongs to the connection that has it now',
    file: 'src/connections/connectionStore.ts',
    from: '.map((entry) => withoutFormer(entry, connection.id));',
    to: ';',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'what was confirmed once a window starts anew when a connection was edited',
    file: 'src/modifying/confirmations.ts',
    from: '    this.confirmed.clear();',
    to: '',
    tests: 'modifying/confirmations.test.ts',
  },
  {
    breaks: 'a name is the same however it is written',
    file: 'src/connections/connection.ts',
    from: "name.normalize('NFKC').trim().replace(/\\s+/g, ' ').toLowerCase()",
    to: 'name',
    tests: 'connections/connectionStore.test.ts',
  },
];
