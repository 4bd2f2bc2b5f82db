import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBase, packagedPage, refused } from '../../scripts/lib/listing.mjs';

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

/** The first 24 bytes of a PNG file with these measures. */
function png(width: number, height: number): Uint8Array {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452' + '00'.repeat(8), 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

const manifest = {
  name: 'an-extension',
  displayName: '%name%',
  description: 'What it does.',
  version: '1.2.3',
  publisher: 'somebody',
  license: 'MIT',
  icon: 'media/icon.png',
  pricing: 'Free',
  categories: ['Testing'],
  keywords: ['im'],
};
const texts = { name: 'An Extension' };

/** What is refused of an extension that is fine but for what is given. */
function refusedWith(
  change: Record<string, unknown>,
  page = '# An Extension\n',
  icon: Uint8Array | undefined = png(128, 128),
): string[] {
  return refused({ manifest: { ...manifest, ...change }, texts, pages: { 'README.md': page }, icon });
}

describe('a page as it is packaged', () => {
  const page = [
    'See [the rules](docs/rules.md) and [the service](https://trtc.io/document).',
    '',
    '![The tree](media/tree.png)',
    '',
    'A ![button](./media/button.png) to press. [Up](#using-it)',
    '',
  ].join('\n');

  it('has no picture that stands alone, and words for links, where nobody says where they are', () => {
    assert.equal(
      packagedPage(page.replace('![button](./media/button.png)', 'button'), {}),
      ['See the rules and [the service](https://trtc.io/document).', '', 'A button to press. Up', ''].join(
        '\n',
      ),
    );
  });

  it('has pictures and links below the addresses that are given', () => {
    assert.equal(
      packagedPage(page, { pictures: 'https://example.com/raw/', links: 'https://example.com/read' }),
      [
        'See [the rules](https://example.com/read/docs/rules.md) and [the service](https://trtc.io/document).',
        '',
        '![The tree](https://example.com/raw/media/tree.png)',
        '',
        'A ![button](https://example.com/raw/media/button.png) to press. [Up](https://example.com/read/#using-it)',
        '',
      ].join('\n'),
    );
  });

  it('takes only addresses that everybody reaches safely', () => {
    assert.ok(isBase('https://example.com/raw'));
    for (const base of ['http://example.com', 'media', '/media', 'file:///media'])
      assert.ok(!isBase(base), base);
  });
});

describe('what marketplaces refuse', () => {
  it('is nothing of this extension', () => {
    const packaged = (file: string) => packagedPage(readFileSync(file, 'utf8'), {});
    assert.deepEqual(
      refused({
        manifest: json('package.json'),
        texts: json('package.nls.json') as Record<string, string>,
        pages: { 'README.md': packaged('README.md'), 'CHANGELOG.md': packaged('CHANGELOG.md') },
        icon: readFileSync('media/icon.png'),
      }),
      [],
    );
  });

  it('is nothing of one that has all it needs', () => {
    assert.deepEqual(refusedWith({}), []);
  });

  for (const field of ['name', 'displayName', 'description', 'version', 'publisher', 'license', 'icon']) {
    it(`is one without ${field}`, () => {
      assert.ok(refusedWith({ [field]: undefined }).includes(`${field} is missing`));
      assert.ok(
        refusedWith({ [field]: '%nothing%' }).includes(`${field} is missing`),
        'a text that is nowhere',
      );
    });
  }

  for (const [what, change] of [
    ['name is not lower case letters, digits and hyphens', { name: 'An Extension' }],
    ['version is not three numbers', { version: '1.2.3-beta.1' }],
    ['pricing is neither Free nor Trial', { pricing: 'Cheap' }],
    ['categories are missing', { categories: [] }],
    ['there is no category Messages', { categories: ['Testing', 'Messages'] }],
    ['keywords are missing', { keywords: undefined }],
    ['there are 31 keywords, and 30 are taken', { keywords: Array.from({ length: 31 }, (_, n) => `k${n}`) }],
  ] as const) {
    it(`is one of which ${what}`, () => assert.deepEqual(refusedWith(change), [what]));
  }

  it('is an icon that is not there, is no PNG, or is small', () => {
    const icon = (file: Uint8Array | undefined) => refused({ manifest, texts, pages: {}, icon: file });
    assert.deepEqual(icon(undefined), ['the icon media/icon.png is not there']);
    assert.deepEqual(icon(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>')), [
      'the icon media/icon.png is no PNG',
    ]);
    assert.deepEqual(icon(png(256, 127)), [
      'the icon media/icon.png has 256 × 127 pixels, less than 128 × 128',
    ]);
    assert.deepEqual(icon(png(256, 256)), []);
  });

  for (const [text, what] of [
    [' \n', 'it is empty'],
    ['A <svg width="3"></svg>', 'it has an SVG in it'],
    ['![a](media/a.png)', 'the picture media/a.png is not at an https address'],
    ['![a](http://example.com/a.png)', 'the picture http://example.com/a.png is not at an https address'],
    ['<img alt="a" src="media/a.png">', 'the picture media/a.png is not at an https address'],
    ['![a](https://example.com/a.svg?x=1)', 'the picture https://example.com/a.svg?x=1 is an SVG'],
    ['[rules](docs/rules.md)', 'the link to docs/rules.md leads nowhere'],
  ] as const) {
    it(`is a page with ${JSON.stringify(text)}`, () =>
      assert.deepEqual(refusedWith({}, text), [`README.md: ${what}`]));
  }

  it('is no picture and no link that is shown as code', () => {
    assert.deepEqual(
      refusedWith({}, 'Write `![a](media/a.png)` or\n\n```md\n[b](docs/b.md) <svg>\n```\n'),
      [],
    );
  });
});
