// @ts-check
// Reads and writes PNG files, moving ones (APNG) too. https://www.w3.org/TR/png-3/
import { crc32, inflateSync } from 'node:zlib';
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
 * What a moving picture shows next: a part of it anew.
 *
 * @typedef {object} Frame
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} points
 * @property {number} ms how long it stands
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
 * @param {{ width: number, height: number, palette: readonly number[] }} picture
 * @param {readonly Frame[]} frames the first one is the whole picture, which readers of still pictures show
 * @returns {Promise<Buffer>} the APNG file, which begins again when it has ended
 */
export async function toMovingPng({ width, height, palette }, frames) {
  let count = 0;
  const next = () => uint32(count++);
  const pieces = [
    signature,
    ...head(width, height, palette),
    chunk('acTL', Buffer.concat([uint32(frames.length), uint32(0)])),
  ];
  for (const [index, frame] of frames.entries()) {
    const place = [frame.width, frame.height, frame.x, frame.y].map(uint32);
    // Milliseconds as a fraction of a second; what was there stays, and the part replaces it.
    const time = Buffer.from([frame.ms >> 8, frame.ms & 0xff, 1000 >> 8, 1000 & 0xff, 0, 0]);
    pieces.push(chunk('fcTL', Buffer.concat([next(), ...place, time])));
    const data = await packed(frame.width, frame.points, depthOf(palette));
    pieces.push(index === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([next(), data])));
  }
  return Buffer.concat([...pieces, chunk('IEND', Buffer.alloc(0))]);
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

/**
 * Reads what a browser makes of a screenshot: eight bits a channel, rows in order.
 *
 * @param {Buffer} file
 * @returns {{ width: number, height: number, colours: Uint32Array }} colours as 0xRRGGBBAA, row by row
 */
export function readPng(file) {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[file[25] ?? 0];
  if (!file.subarray(0, 8).equals(signature) || file[24] !== 8 || channels === undefined || file[28] !== 0)
    throw new Error('This is no PNG as browsers write them.');
  /** @type {Buffer[]} */
  const pieces = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      pieces.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  const data = inflateSync(Buffer.concat(pieces));
  const stride = width * channels;
  const colours = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1);
    const row = unfiltered(data[from] ?? 0, data.subarray(from + 1, from + 1 + stride), above, channels);
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0, opacity = 0xff] = row.subarray(x * channels, (x + 1) * channels);
      colours[y * width + x] = ((red << 24) | (green << 16) | (blue << 8) | opacity) >>> 0;
    }
    above = row;
  }
  return { width, height, colours };
}

/**
 * @param {number} filter
 * @param {Uint8Array} row
 * @param {Uint8Array} above
 * @param {number} step bytes a point
 */
function unfiltered(filter, row, above, step) {
  const out = new Uint8Array(row.length);
  for (let i = 0; i < row.length; i += 1) {
    const left = out[i - step] ?? 0;
    const up = above[i] ?? 0;
    const corner = i < step ? 0 : (above[i - step] ?? 0);
    const expected = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
    out[i] = (row[i] ?? 0) + expected;
  }
  return out;
}

/**
 * Paeth's choice of the neighbour that is nearest to where they lead together.
 *
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function nearest(left, up, corner) {
  const whole = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(whole - one));
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
