// @ts-check
/** Lists of messages: what their text rests on, and what is found for them. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
  {
    breaks: 'the unsaved text of a list rests on what another window modified',
    file: 'src/listEditing/keptLists.ts',
    from: 'else if (!list.unsaved) this.follow(list, disk.text);',
    to: 'else this.follow(list, disk.text);\n    this.restOn(list, disk.rest);',
    tests: 'listEditing/keptLists.test.ts',
  },
  {
    breaks: 'the text of a list that VS Code gives back rests on what was saved since',
    file: 'src/listEditing/keptLists.ts',
    from: 'const found = list.shown ? undefined : await this.left(id);',
    to: 'const found = undefined as Awaited<ReturnType<typeof this.left>>;',
    tests: 'listEditing/keptLists.test.ts',
  },
  {
    breaks: 'a list that another window saved is overwritten unasked',
    file: 'src/listEditing/keptLists.ts',
    from: 'if (disk && disk.mtime !== list.told) {',
    to: 'if (disk && disk.mtime < 0) {',
    tests: 'listEditing/keptLists.test.ts',
  },
  {
    breaks: 'reloading a list overwrites changed items',
    file: 'src/lists/mergeList.ts',
    from: 'const own = mine.get(key);',
    to: "const own = mine.get('') ?? undefined;",
    tests: 'lists/mergeList.test.ts',
  },
  {
    breaks: 'a search holds all that it finds',
    file: 'src/lists/search.ts',
    from: 'while (!this.ended && this.lines < this.mostLines) {',
    to: 'while (!this.ended) {',
    tests: 'lists/search.test.ts',
  },
];
