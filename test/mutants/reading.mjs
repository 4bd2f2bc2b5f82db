// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'what is in base64 is read',
    file: 'src/json/find.ts',
    from: "if (BASE64_AT.test(text.slice(at, at + 40))) return 'base64';",
    to: '',
    tests: 'reading/wrapped.test.ts',
  },
  {
    breaks: 'a string literal around what is escaped otherwise is taken off',
    file: 'src/json/find.ts',
    from: 'this.inLiteral(layer, at, wrapping, depth) ??',
    to: '',
    tests: 'reading/wrapped.test.ts',
  },
  {
    breaks: 'a line that was cut behind a name does not swallow the next record',
    file: 'src/json/loose/containers.ts',
    from: 'if (broken >= 0 && isNextRecord',
    to: 'if (broken < -1 && isNextRecord',
    tests: 'reading/cutLines.test.ts',
  },
  {
    breaks: 'times in milliseconds are times',
    file: 'src/reading/times.ts',
    from: 'Math.floor(Number(written) / 1000)',
    to: 'Number(written)',
    tests: 'reading/corpus.test.ts',
  },
  {
    breaks: 'a row uses the type that stands beside its content',
    file: 'src/reading/collect.ts',
    from: "if (rowOf(node) !== undefined) return { kind: 'row', node };",
    to: '',
    tests: 'reading/corpus.test.ts',
  },
  {
    breaks: 'nothing is made up where a part of a message is missing',
    file: 'src/reading/collect.ts',
    from: '[...unknown, ...missing].some(isIn) ? undefined : ',
    to: '',
    tests: 'reading/held.test.ts',
  },
  {
    breaks: 'a pasted text leaves a CloudCustomData alone that is there',
    file: 'src/editor/pastedEdits.ts',
    from: 'const adds = custom !== undefined && given === undefined;',
    to: 'const adds = custom !== undefined;',
    tests: 'editor/pastedEdits.test.ts',
  },
  {
    breaks: 'the id of a client’s SDK is looked for beyond the minute of its time',
    file: 'src/chat/findByRandom.ts',
    from: 'const WIDTHS = [60, 1800];',
    to: 'const WIDTHS = [60];',
    tests: 'chat/findByRandom.test.ts',
  },
];
