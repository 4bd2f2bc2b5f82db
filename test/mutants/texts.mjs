// @ts-check
/** Text of others on its way to a person. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
  {
    breaks: 'links in notices: nothing stands between ] and (',
    file: 'src/ui/plainText.ts',
    from: '/\\](?=\\()|\\$(?=\\()/g',
    to: '/\\$(?=\\()/g',
    tests: 'ui/plainText.test.ts',
  },
  {
    breaks: 'icons: nothing stands between $ and (',
    file: 'src/ui/plainText.ts',
    from: '/\\](?=\\()|\\$(?=\\()/g',
    to: '/\\](?=\\()/g',
    tests: 'ui/plainText.test.ts',
  },
  {
    breaks: 'a forged entry of the log',
    file: 'src/ui/plainText.ts',
    from: ".replace(/\\n/g, '\\n    ')",
    to: '',
    tests: 'ui/plainText.test.ts',
  },
  {
    breaks: 'a secret moves with its connection unasked',
    file: 'src/connections/connectionStore.ts',
    from: 'const lasting = secret === undefined || (await this.vault.set(connection.id, secret));',
    to: 'const value = secret ?? (await this.vault.get(replaces));\n      const lasting = value === undefined || (await this.vault.set(connection.id, value));',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'a stored endpoint is not checked',
    file: 'src/connections/connection.ts',
    from: "if ('problem' in checkEndpoint(endpoint)) return undefined;",
    to: '',
    tests: 'connections/connectionStore.test.ts',
  },
  {
    breaks: 'arguments of a command are not read',
    file: 'src/contributions/command.ts',
    from: 'if (known === undefined) throw new CommandArgumentError(id, position);',
    to: '',
    tests: 'contributions/commands.test.ts',
  },
];
