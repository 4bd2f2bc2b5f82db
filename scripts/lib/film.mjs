// @ts-check
// Makes a moving picture of screenshots: one palette for all, and of each only what is not as before.
import { readPng, toMovingPng } from './png.mjs';

/** Colours of a palette. */
const COLOURS = 256;

/**
 * @typedef {object} Shot
 * @property {Buffer} png all of one size
 * @property {number} ms how long it stands
 */

/**
 * @param {readonly Shot[]} shots
 * @returns {Promise<Buffer>} an APNG file
 */
export async function makeFilm(shots) {
  const read = shots.map(({ png, ms }) => ({ ...readPng(png), ms }));
  const { width = 0, height = 0 } = read[0] ?? {};
  const palette = commonest(read.map(({ colours }) => colours));
  const places = new Map(palette.map((colour, place) => [colour, place]));
  /** @param {number} colour */
  const placeOf = (colour) => {
    const known = places.get(colour);
    if (known !== undefined) return known;
    const place = nearest(palette, colour);
    places.set(colour, place);
    return place;
  };
  /** @type {Uint8Array | undefined} */
  let before;
  /** @type {import('./png.mjs').Frame[]} */
  const frames = [];
  for (const { colours, ms } of read) {
    const points = Uint8Array.from(colours, placeOf);
    const last = frames.at(-1);
    const part = before ? changed(before, points, width) : { x: 0, y: 0, width, height };
    // Where nothing is new, what is there stands longer.
    if (part) frames.push({ ...part, points: cut(points, width, part), ms });
    else if (last) last.ms += ms;
    before = points;
  }
  return toMovingPng({ width, height, palette }, frames);
}

/**
 * The colours of most points, in which the rest are shown as well as can be.
 *
 * @param {readonly Uint32Array[]} shots
 */
function commonest(shots) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const colours of shots)
    for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, COLOURS)
    .map(([colour]) => colour);
}

/**
 * @param {readonly number[]} palette
 * @param {number} colour 0xRRGGBBAA
 */
function nearest(palette, colour) {
  let [place, least] = [0, Infinity];
  for (const [index, one] of palette.entries()) {
    const far = [24, 16, 8].reduce(
      (sum, shift) => sum + (((one >>> shift) & 0xff) - ((colour >>> shift) & 0xff)) ** 2,
      0,
    );
    if (far < least) [place, least] = [index, far];
  }
  return place;
}

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Part
 */

/**
 * The part outside of which both are the same; undefined when all is.
 *
 * @param {Uint8Array} before
 * @param {Uint8Array} after
 * @param {number} width
 * @returns {Part | undefined}
 */
function changed(before, after, width) {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (const [at, point] of after.entries()) {
    if (before[at] === point) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    if (top < 0) top = y;
    bottom = y;
  }
  return top < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * @param {Uint8Array} points
 * @param {number} rowWidth
 * @param {Part} part
 */
function cut(points, rowWidth, { x, y, width, height }) {
  const out = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (y + row) * rowWidth + x;
    out.set(points.subarray(from, from + width), row * width);
  }
  return out;
}
