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
    from: "if (there.has(key)) leave(item, 'there');",
    to: 'if (there.has(key)) left.push(item);',
    tests: 'transfer/import.test.ts',
  },
  {
    breaks: 'of a group nothing goes before it is known what became of what went before',
    file: 'src/bulk/importing/importRun.ts',
    from: "if (unsettled) stopping.stop('network', unsettled);",
    to: '',
    tests: 'bulk/imports.test.ts',
  },
  {
    breaks: 'what is lost on the way into a group stops the import',
    file: 'src/bulk/importing/importCall.ts',
    from: "if (isLast && isOfGroup) stopping.stop('network', error);",
    to: '',
    tests: 'bulk/imports.test.ts',
  },
  {
    breaks: 'what came late is not told as refused',
    file: 'src/bulk/importing/importCall.ts',
    from: 'if (round > 1 && refused.length > 0) await takeThoseThere(refused, ends, parts);',
    to: '',
    tests: 'bulk/imports.test.ts',
  },
  {
    breaks: 'an import that is in doubt is settled at the next run by what history shows',
    file: 'src/bulk/importing/settleImports.ts',
    from: "if (!address) return { revision, outcome: { state: 'notDone' } };",
    to: "return { revision, outcome: { state: 'notDone' } };",
    tests: 'bulk/imports.test.ts',
  },
];
