// @ts-check
/** Rooms that are loaded when they are needed. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
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
