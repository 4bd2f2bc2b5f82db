// @ts-check
// The pictures of the walkthrough: a few strokes in the colours of the theme that it is read in.

/** What is looked at stands in the colour of links, which every theme has. */
const accent = 'var(--vscode-textLink-foreground)';
const plain = 'var(--vscode-descriptionForeground)';

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {string} [more] further attributes
 */
const box = (x, y, width, height, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"${more && ` ${more}`}/>`;

/** @param {string} d @param {string} [more] */
const path = (d, more = '') => `<path d="${d}"${more && ` ${more}`}/>`;

/** Lines of text. @param {number} x @param {number} y @param {readonly number[]} widths */
const lines = (x, y, widths) =>
  path(widths.map((width, index) => `M${x} ${y + index * 20}h${width}`).join(''));

/** A chat bubble with its tail below on the left. @param {number} x @param {number} y @param {string} [more] */
const bubble = (x, y, more) =>
  path(
    `M${x} ${y}h80a8 8 0 0 1 8 8v24a8 8 0 0 1-8 8h-62l-14 12v-12h-4a8 8 0 0 1-8-8v-24a8 8 0 0 1 8-8z`,
    more,
  );

const marked = `stroke="${accent}"`;

/** What each step shows. @type {Readonly<Record<string, string>>} */
const drawings = {
  try: [
    box(20, 20, 280, 160, 'stroke-dasharray="10 8"'),
    bubble(60, 45),
    bubble(170, 75, marked),
    bubble(80, 115),
  ].join(''),
  open: [
    lines(24, 50, [60, 48, 66]),
    path('M24 110h60', marked),
    lines(24, 130, [52, 60]),
    path('M104 110h24m-8-8l8 8-8 8', marked),
    box(150, 20, 150, 160),
    bubble(180, 45, marked),
    lines(170, 125, [110, 90]),
  ].join(''),
  change: [
    box(60, 20, 200, 160),
    lines(84, 50, [40, 100]),
    path('M104 90h90m8-10v20', marked),
    lines(104, 110, [70]),
    lines(84, 130, [90, 30]),
  ].join(''),
  modify: [
    box(20, 40, 110, 120),
    lines(40, 70, [60, 70]),
    path('M40 110h50', marked),
    path('M145 100h34m-10-10l10 10-10 10', marked),
    bubble(206, 75),
    path('M228 96l12 12 24-26', marked),
  ].join(''),
  undo: [bubble(40, 30), bubble(190, 110, marked), path('M200 90a70 70 0 0 0-52-24m12-14l-14 14 14 14')].join(
    '',
  ),
  add: [
    bubble(40, 70),
    bubble(190, 70, `${marked} stroke-dasharray="10 8"`),
    path('M230 80v24m-12-12h24', marked),
    lines(146, 94, [24]),
  ].join(''),
};

/** @returns {Readonly<Record<string, string>>} the SVG file of each step */
export function walkthroughPictures() {
  return Object.fromEntries(
    Object.entries(drawings).map(([step, drawing]) => [
      step,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" fill="none" stroke="${plain}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">${drawing}</svg>\n`,
    ]),
  );
}
