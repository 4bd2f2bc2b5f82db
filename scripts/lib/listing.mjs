// @ts-check
// What a marketplace shows of the extension, and what it refuses. vsce looks at pictures only when it may rewrite links, for
// which it wants a repository on one of two hosts, and at the icon's file not at all.
// https://code.visualstudio.com/api/working-with-extensions/publishing-extension
// https://code.visualstudio.com/api/references/extension-manifest

/**
 * @typedef {object} Bases
 * @property {string} [pictures] the address below which the project's pictures are served, `https:`
 * @property {string} [links] the address below which its other files are read, `https:`
 */

/** A picture that stands alone, and what follows it up to the next paragraph. */
const standingPicture = /^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm;
const picture = /(!\[[^\]]*\])\((?!\w+:)([^)]*)\)/g;
/** A link of ours to a file or a place in one; not a picture. */
const link = /(?<!!)\[([^\]]+)\]\((?!\w+:)([^)]*)\)/g;

/**
 * A page of the project as it is installed and listed: there, addresses that are relative lead nowhere. Pictures are left
 * out and links become their words, unless it is said where they are to be had.
 *
 * @param {string} text Markdown
 * @param {Bases} bases
 */
export function packagedPage(text, { pictures, links }) {
  const withPictures =
    pictures === undefined
      ? text.replace(standingPicture, '')
      : text.replace(picture, (_, name, target) => `${name}(${below(pictures, target)})`);
  return withPictures.replace(link, (_, name, target) =>
    links === undefined ? name : `[${name}](${below(links, target)})`,
  );
}

/**
 * @param {string} base
 * @param {string} target
 */
function below(base, target) {
  return `${base.replace(/\/+$/, '')}/${target.replace(/^(\.?\/)+/, '')}`;
}

/** @param {string} address @returns {boolean} whether pictures or links can be had below it by everybody */
export function isBase(address) {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}

/** The categories that there are. */
const categories = new Set([
  'AI',
  'Azure',
  'Chat',
  'Data Science',
  'Debuggers',
  'Education',
  'Extension Packs',
  'Formatters',
  'Keymaps',
  'Language Packs',
  'Linters',
  'Machine Learning',
  'Notebooks',
  'Other',
  'Programming Languages',
  'SCM Providers',
  'Snippets',
  'Testing',
  'Themes',
  'Visualization',
]);

/** More are refused. */
const KEYWORDS = 30;

/** An icon's least width and height, in pixels. */
const ICON = 128;

/**
 * @typedef {object} Listed
 * @property {Readonly<Record<string, unknown>>} manifest
 * @property {Readonly<Record<string, string>>} texts what `%key%` in the manifest stands for
 * @property {Readonly<Record<string, string>>} pages by name, as they are packaged
 * @property {Uint8Array | undefined} icon what the file has that the manifest names
 */

/**
 * What the marketplaces refuse, or show broken.
 *
 * @param {Listed} listed
 * @returns {string[]} a line each, empty when there is nothing
 */
export function refused({ manifest, texts, pages, icon }) {
  return [
    ...refusedFields(manifest, texts),
    ...refusedIcon(manifest.icon, icon),
    ...Object.entries(pages).flatMap(([name, text]) =>
      [...refusedPage(text)].map((what) => `${name}: ${what}`),
    ),
  ];
}

/**
 * @param {Readonly<Record<string, unknown>>} manifest
 * @param {Readonly<Record<string, string>>} texts
 */
function* refusedFields(manifest, texts) {
  /** @param {string} field */
  const text = (field) => {
    const value = manifest[field];
    return typeof value === 'string' ? value.replace(/^%(.+)%$/, (_, key) => texts[key] ?? '') : '';
  };
  // Open VSX wants a licence, and the others what a person finds an extension by.
  for (const field of ['name', 'displayName', 'description', 'version', 'publisher', 'license', 'icon'])
    if (text(field).trim() === '') yield `${field} is missing`;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(text('name'))) yield 'name is not lower case letters, digits and hyphens';
  if (!/^\d+\.\d+\.\d+$/.test(text('version'))) yield 'version is not three numbers';
  if (!['Free', 'Trial'].includes(text('pricing'))) yield 'pricing is neither Free nor Trial';
  const own = Array.isArray(manifest.categories) ? manifest.categories : [];
  if (own.length === 0) yield 'categories are missing';
  for (const one of own) if (!categories.has(one)) yield `there is no category ${one}`;
  const keywords = Array.isArray(manifest.keywords) ? manifest.keywords : [];
  if (keywords.length === 0) yield 'keywords are missing';
  if (keywords.length > KEYWORDS) yield `there are ${keywords.length} keywords, and ${KEYWORDS} are taken`;
}

/**
 * @param {unknown} name
 * @param {Uint8Array | undefined} icon
 */
function* refusedIcon(name, icon) {
  if (typeof name !== 'string') return;
  if (!icon) {
    yield `the icon ${name} is not there`;
    return;
  }
  const bytes = new DataView(icon.buffer, icon.byteOffset, icon.byteLength);
  // Eight bytes by which a PNG is known, and the head of its first chunk.
  if (icon.byteLength < 24 || bytes.getUint32(0) !== 0x89504e47 || bytes.getUint32(4) !== 0x0d0a1a0a) {
    yield `the icon ${name} is no PNG`;
    return;
  }
  const [width, height] = [bytes.getUint32(16), bytes.getUint32(20)];
  if (width < ICON || height < ICON)
    yield `the icon ${name} has ${width} × ${height} pixels, less than ${ICON} × ${ICON}`;
}

/** @param {string} page Markdown */
function* refusedPage(page) {
  // What is shown as code is no picture and no link.
  const text = page.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  if (text.trim() === '') yield 'it is empty';
  if (/<svg[\s>]/i.test(text)) yield 'it has an SVG in it';
  const pictures = [
    ...[...text.matchAll(/!\[[^\]]*\]\(\s*([^)\s]*)/g)].map(([, address = '']) => address),
    ...[...text.matchAll(/<img\b[^>]*?\bsrc=["']?([^"'\s>]*)/gi)].map(([, address = '']) => address),
  ];
  for (const address of pictures) {
    if (!isBase(address)) yield `the picture ${address} is not at an https address`;
    else if (/\.svg$/i.test(new URL(address).pathname)) yield `the picture ${address} is an SVG`;
  }
  for (const [, address = ''] of text.matchAll(/(?<!!)\[[^\]]*\]\(\s*([^)\s]*)/g))
    if (!URL.canParse(address)) yield `the link to ${address} leads nowhere`;
}
