// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'a tool takes no member that it does not know',
    file: 'src/modelTools/shape.ts',
    from: 'if (!Object.hasOwn(shape, name))',
    to: 'if (!(name in shape) && name.length > 99)',
    tests: 'modelTools/inputs.test.ts',
  },
  {
    breaks: 'a member is of its kind',
    file: 'src/modelTools/shape.ts',
    from: 'if (!accepts(member))',
    to: 'if (member === undefined && !accepts(member))',
    tests: 'modelTools/inputs.test.ts',
  },
  {
    breaks: 'a draft is made of JSON that says each member once',
    file: 'src/modelTools/inputs.ts',
    from: 'if (!known || new Set(names).size < names.length)',
    to: 'if (!known)',
    tests: 'modelTools/inputs.test.ts',
  },
  {
    breaks: 'data is marked with a number that nobody knows before',
    file: 'src/modelTools/asData.ts',
    from: "randomBytes(8).toString('hex')",
    to: "'0000000000000000'",
    tests: 'modelTools/data.test.ts',
  },
  {
    breaks: 'what nobody sees is spelled out for a language model',
    file: 'src/modelTools/asData.ts',
    from: 'visibleJson(json),',
    to: 'json,',
    tests: 'modelTools/data.test.ts',
  },
  {
    breaks: 'an answer holds as much as it may',
    file: 'src/modelTools/messagesText.ts',
    from: 'if (length > MOST_OF_ALL) break;',
    to: '',
    tests: 'modelTools/data.test.ts',
  },
];
