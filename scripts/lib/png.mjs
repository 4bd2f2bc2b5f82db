// @ts-check
// Reads and writes PNG files, moving ones too. https://www.w3.org/TR/png-3/
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
 * A part of a moving picture that is new.
 *
 * @typedef {object} Frame
 * @property {number} x where it begins
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} points as those of a {@link Picture}
 * @property {number} ms how long it stands, 65,535 at most
 */

/**
 * @param {Omit<Picture, 'points'>} picture
 * @param {readonly Frame[]} frames the first one is the whole picture, and what shows where nothing moves
 * @returns {Promise<Buffer>} the PNG file, which begins anew at its end
 */
export async function toMovingPng({ width, height, palette }, frames) {
  const chunks = [];
  let sequence = 0;
  for (const [index, frame] of frames.entries()) {
    const { x, y, width, height, ms } = frame;
    const place = Buffer.concat([sequence, width, height, x, y].map(uint32));
    // Milliseconds are thousandths of a second; what is there stays, and what is new lies over it.
    chunks.push(chunk('fcTL', Buffer.concat([place, uint16(ms), uint16(1000), Buffer.from([0, 0])])));
    sequence += 1;
    const data = await packed(frame.width, frame.points, depthOf(palette));
    chunks.push(index === 0 ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([uint32(sequence), data])));
    if (index > 0) sequence += 1;
  }
  return Buffer.concat([
    signature,
    ...head(width, height, palette),
    // 0: without an end.
    chunk('acTL', Buffer.concat([uint32(frames.length), uint32(0)])),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Reads the PNG files of a browser: eight bits a colour, without a palette, row after row.
 *
 * @param {Buffer} png
 * @returns {{ width: number, height: number, colours: Uint32Array }} a colour a point, as 0xRRGGBBAA
 */
export function readPng(png) {
  const parts = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height, depth, type, interlaced] = [
    png.readUInt32BE(16),
    png.readUInt32BE(20),
    png[24],
    png[25],
    png[28],
  ];
  const size = type === 6 ? 4 : 3;
  if (depth !== 8 || (type !== 2 && type !== 6) || interlaced !== 0)
    throw new Error('This PNG file is of a kind that no browser makes.');
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * size, size);
  const colours = new Uint32Array(width * height);
  for (let point = 0; point < colours.length; point += 1) {
    const at = point * size;
    const [red = 0, green = 0, blue = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    colours[point] = ((red << 24) | (green << 16) | (blue << 8) | 0xff) >>> 0;
  }
  return { width, height, colours };
}

/**
 * What each row was before it was written as the difference to its neighbours.
 *
 * @param {Buffer} rows each begins with the number of its filter
 * @param {number} rowBytes
 * @param {number} size bytes of a point
 */
function unfiltered(rows, rowBytes, size) {
  const out = new Uint8Array((rows.length / (rowBytes + 1)) * rowBytes);
  for (let start = 0, at = 0; start < out.length; start += rowBytes) {
    const filter = rows[at];
    at += 1;
    for (let x = 0; x < rowBytes; x += 1, at += 1) {
      const left = x < size ? 0 : (out[start + x - size] ?? 0);
      const up = start === 0 ? 0 : (out[start + x - rowBytes] ?? 0);
      const corner = x < size || start === 0 ? 0 : (out[start + x - rowBytes - size] ?? 0);
      out[start + x] = (rows[at] ?? 0) + guessed(filter, left, up, corner);
    }
  }
  return out;
}

/**
 * What a filter takes from its byte.
 *
 * @param {number | undefined} filter
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function guessed(filter, left, up, corner) {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
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
function uint16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
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
