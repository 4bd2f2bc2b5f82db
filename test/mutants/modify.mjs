// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'the before-image is written down before the call leaves',
    file: 'src/modify/modifier.ts',
    from: `      const revision = await this.begin(request, { before, sent });
      const end`,
    to: `      const [revision] = [await this.begin(request, { before: sent, sent })];
      const end`,
    tests: 'modify',
  },
];
