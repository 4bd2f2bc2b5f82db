// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'a code that does not tell is no refusal: the message is read',
    file: 'src/chat/catalogue.ts',
    from: "entry?.outcome) ?? 'doubt';",
    to: "entry?.outcome) ?? 'refused';",
    tests: 'modify/everyCode.test.ts',
  },
  {
    breaks: 'after a doubtful code one looks before one says that nothing was done',
    file: 'src/modify/answerVerdict.ts',
    from: "doubt: 'doubt' } as const;",
    to: "doubt: 'later' } as const;",
    tests: 'modify/everyCode.test.ts',
  },
  {
    breaks: 'what is in doubt and cannot be read is unknown, not refused',
    file: 'src/modify/sending.ts',
    from: "return kind === 'doubt' ? { kind: 'unknown', error } : { kind: 'refused', error };",
    to: "return ChatServiceError.is(error) ? { kind: 'refused', error } : { kind: 'unknown', error };",
    tests: 'modify/everyCode.test.ts',
  },
  {
    breaks: 'a read-only connection refuses every call that writes, by its description',
    file: 'src/chat/wire/signedCalls.ts',
    from: `  readonly call: Caller = async (command, body, read, signal) => {
    this.demand(command);`,
    to: '  readonly call: Caller = async (command, body, read, signal) => {',
    tests: 'chat/specs.test.ts',
  },
  {
    breaks: 'a recall asks in a test app, whatever was confirmed before',
    file: 'src/modify/modifier.ts',
    from: 'return forGood || asksInTest(connection);',
    to: 'return asksInTest(connection);',
    tests: 'modify/recall.test.ts',
  },
  {
    breaks: 'an undo never passes over a newer change whose end is not known',
    file: 'src/modify/undoable.ts',
    from: "    if (isUnfinished(revision)) return { kind: 'unknown', revision };\n",
    to: '    if (isUnfinished(revision)) continue;\n',
    tests: 'modify/undoable.test.ts',
  },
];
