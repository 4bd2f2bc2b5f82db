// @ts-check
// Writes PNG files. https://www.w3.org/TR/png-3/
import { crc32 } from 'node:zlib';
import zopfli from '@gfx/zopfli';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** How long the better packing is sought. */
const packing = { numiterations: 5 };

/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {readonly number[]} palette colours as 0xRRGGBBAA, 256 at most
 * @property {Uint8Array} points a place in the palette each, row by row
 */

/**
 * @param {Picture} picture
 * @returns {Promise<Buffer>} the PNG file
 */
export async function toPng({ width, height, palette, points }) {
  return Buffer.concat([
    signature,
    ...head(width, height, palette),
    chunk('IDAT', await packed(width, points, depthOf(palette))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param {number} width
 * @param {number} height
 * @param {readonly number[]} palette
 */
function head(width, height, palette) {
  const colours = Buffer.from(palette.flatMap((colour) => [colour >>> 24, colour >>> 16, colour >>> 8]));
  const opacities = Buffer.from(palette);
  return [
    chunk(
      'IHDR',
      Buffer.concat([uint32(width), uint32(height), Buffer.from([depthOf(palette), 3, 0, 0, 0])]),
    ),
    chunk('PLTE', colours),
    ...(opacities.every((opacity) => opacity === 0xff) ? [] : [chunk('tRNS', opacities)]),
  ];
}

/** Bits a point. @param {readonly number[]} palette */
function depthOf(palette) {
  return palette.length <= 16 ? 4 : 8;
}

/**
 * @param {number} width
 * @param {Uint8Array} points
 * @param {number} depth
 */
async function packed(width, points, depth) {
  const height = points.length / width;
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte) + 1;
  // Each row begins with 0: nothing is done to its bytes.
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * rowBytes + 1 + Math.floor(x / perByte);
      const shift = 8 - depth * ((x % perByte) + 1);
      rows[at] = (rows[at] ?? 0) | ((points[y * width + x] ?? 0) << shift);
    }
  return Buffer.from(await zopfli.zlibAsync(rows, packing));
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}
