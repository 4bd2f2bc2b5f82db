// @ts-check
// The icon of the extension where extensions are listed: the one of the activity bar, filled, on a coloured ground.
import { toPng } from './png.mjs';

/** Pixels. */
const SIZE = 256;
/** Looks at so many places in each direction within a pixel. */
const SAMPLES = 4;
/** Shades between two colours at an edge. */
const SHADES = 7;

const ground = 0x0b5cad;
const paper = 0xffffff;

/** The drawing's units are those of media/icon.svg, 24 each way. */
const scale = (SIZE / 24) * 0.8;
const toDrawing = (/** @type {number} */ pixel) => (pixel - SIZE / 2) / scale + 12;

/** @param {number} x @param {number} y pixels */
function isGround(x, y) {
  const radius = SIZE * 0.19;
  const outside = [x, y].map((at) => Math.max(Math.abs(at - SIZE / 2) - (SIZE / 2 - radius), 0));
  return Math.hypot(...outside) <= radius;
}

/** @param {number} x @param {number} y */
function isBubble(x, y) {
  const outside = [Math.abs(x - 12) - 7.2, Math.abs(y - 10) - 4.2].map((far) => Math.max(far, 0));
  const isTail = x >= 6.6 && y >= 15 && y <= 20.6 && x - 6.6 <= (20.6 - y) * 1.05;
  return Math.hypot(...outside) <= 2.6 || isTail;
}

/** Lines of the two brackets. */
const lines = [
  [9.8, 6.8, 6.8, 10],
  [6.8, 10, 9.8, 13.2],
  [14.2, 6.8, 17.2, 10],
  [17.2, 10, 14.2, 13.2],
];

/** @param {number} x @param {number} y */
function isBracket(x, y) {
  return lines.some(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
    const at = Math.min(Math.max(along, 0), 1);
    return Math.hypot(x - x1 - at * dx, y - y1 - at * dy) <= 0.85;
  });
}

/** @param {number} share of `paper`, 0 to 1 */
function mixed(share) {
  const channel = (/** @type {number} */ shift) => {
    const [from, to] = [(ground >> shift) & 0xff, (paper >> shift) & 0xff];
    return Math.round(from + (to - from) * share);
  };
  return ((channel(16) << 24) | (channel(8) << 16) | (channel(0) << 8) | 0xff) >>> 0;
}

/** @returns {Promise<Buffer>} the PNG file */
export async function makeIcon() {
  const shades = Array.from({ length: SHADES + 1 }, (_, shade) => shade / SHADES);
  const opacities = shades.slice(0, -1).map((share) => ((ground << 8) | Math.round(share * 0xff)) >>> 0);
  const palette = [...opacities, ...shades.map(mixed)];
  const points = new Uint8Array(SIZE * SIZE);
  for (let y = 0; y < SIZE; y += 1)
    for (let x = 0; x < SIZE; x += 1) {
      let [onGround, onPaper] = [0, 0];
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const [px, py] = [
          x + ((sample % SAMPLES) + 0.5) / SAMPLES,
          y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES,
        ];
        if (isGround(px, py)) onGround += 1;
        const [dx, dy] = [toDrawing(px), toDrawing(py)];
        if (isBubble(dx, dy) && !isBracket(dx, dy)) onPaper += 1;
      }
      const shade = (/** @type {number} */ hits) => Math.round((hits / SAMPLES ** 2) * SHADES);
      points[y * SIZE + x] = shade(onGround) < SHADES ? shade(onGround) : SHADES + shade(onPaper);
    }
  return toPng({ width: SIZE, height: SIZE, palette, points });
}
