// @ts-check
/** Rooms that are loaded when they are needed. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
  {
    breaks: 'the walkthrough opens by itself in every window',
    file: 'src/app/welcome.ts',
    from: 'void memento.update(storageKeys.welcomed, true);',
    to: '',
    tests: 'app/welcome.test.ts',
  },
  {
    breaks: 'the walkthrough takes the place of what is open',
    file: 'src/app/welcome.ts',
    from: 'if (isWanted() && isEmpty()) open();',
    to: 'if (isWanted()) open();',
    tests: 'app/welcome.test.ts',
  },
  {
    breaks: 'a row that VS Code gives up without a word is not asked for again',
    file: 'src/views/conversations/revealRow.ts',
    from: 'if (tries === TRIES || view.selection.some(({ id }) => id === node.id)) return;',
    to: 'return;',
    tests: 'views/revealRow.test.ts',
  },
  {
    breaks: 'a room that could not be loaded once is never tried again',
    file: 'src/ui/room.ts',
    from: 'this.loading = undefined;',
    to: '',
    suite: 'host',
    tests: 'can be tried again',
  },
  {
    breaks: 'two who need a room at once make it twice',
    file: 'src/ui/room.ts',
    from: 'this.loading ??= this.enter()',
    to: 'this.loading = this.enter()',
    suite: 'host',
    tests: 'load once, when two need one at once',
  },
  {
    breaks: 'a room that is made after the end stays',
    file: 'src/ui/room.ts',
    from: 'if (this.over) part.dispose();\n    else this.parts.push(part);',
    to: 'this.parts.push(part);',
    suite: 'host',
    tests: 'whose house goes while they load',
  },
];
