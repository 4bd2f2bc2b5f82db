// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'the layout of deep messages is bounded',
    file: 'src/json/layout.ts',
    from: '    if (units > most) break;',
    to: '    if (units > most * 1000) break;',
    tests: 'json/layout.test.ts',
  },
  {
    breaks: 'messages too deep to be looked into are compared by their tokens',
    file: 'src/message/changes.ts',
    from: 'minify(a) === minify(b)',
    to: 'true',
    tests: 'json/layout.test.ts',
  },
  {
    breaks: 'white space between tokens is neither sent nor counted',
    file: 'src/message/document.ts',
    from: 'msgBody: minify(nodeText(text, msgBody))',
    to: 'msgBody: nodeText(text, msgBody)',
    tests: 'message/bytes.test.ts',
  },
  {
    breaks: 'what was typed cannot reach out of its place in a request',
    file: 'src/message/sentContent.ts',
    from: "if (!MEMBERS.every((member) => isEnclosed(typed(member) ?? ''))) return undefined;",
    to: '',
    tests: 'message/bytes.test.ts',
  },
  {
    breaks: 'Fix All never leaves more errors than there were',
    file: 'src/message/fixes/index.ts',
    from: 'if (errorsIn(now) <= before) kept = all;',
    to: 'kept = before < 0 ? kept : all;',
    tests: 'message/fixes.test.ts',
  },
  {
    breaks: 'a list is offered message by message only where all of it are messages',
    file: 'src/message/fixes/sdkFixes.ts',
    from: ' || documents.includes(undefined)',
    to: '',
    tests: 'message/fixes.test.ts',
  },
];
