// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'an account gets its neutral name wherever it stands as a value',
    file: 'src/pseudonyms/pseudonyms.ts',
    from: 'const isAccount = this.book.isAccount(value) && !(place.member',
    to: 'const isAccount = isNamed(place, value) && !(place.member',
    tests: 'pseudonyms/pseudonyms.test.ts',
  },
  {
    breaks: 'no neutral name is the name of somebody',
    file: 'src/pseudonyms/nameBook.ts',
    from: 'if (known !== undefined && !this.known[kind].has(known)) return known;',
    to: 'if (known !== undefined) return known;',
    tests: 'pseudonyms/pseudonyms.test.ts',
  },
  {
    breaks: 'pages of history come out of the spool oldest first',
    file: 'src/transfer/spool.ts',
    from: '[...section].reverse()',
    to: 'section',
    tests: 'transfer/spool.test.ts',
  },
  {
    breaks: 'a message that the service has is not imported again',
    file: 'src/transfer/importPlan.ts',
    from: "leave(item, 'there');\n        else left.push(item);",
    to: 'left.push(item);\n        else left.push(item);',
    tests: 'transfer/import.test.ts',
  },
];
