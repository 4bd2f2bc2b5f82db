// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';
import { unzipSync, Zip, ZipPassThrough } from 'fflate';

/** How long the better packing is sought: 1.2 KB and three seconds more than one round; what comes after gains next to nothing. */
const options = { numiterations: 6 };

/** A file that brings its bytes packed. */
class Packed extends ZipPassThrough {
  /** @override */
  compression = 8;

  /**
   * @param {string} name
   * @param {Uint8Array<ArrayBuffer>} packed raw deflate
   */
  constructor(name, packed) {
    super(name);
    this.packed = packed;
  }

  /**
   * @override
   * @param {Uint8Array} _content counted by who calls
   * @param {boolean} final
   */
  process(_content, final) {
    this.ondata(null, this.packed, final);
  }
}

/**
 * Packs a zip file anew, as small as deflate allows; whatever reads zip files reads it.
 *
 * @param {string} file is overwritten
 * @param {(name: string, content: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>} changed what a file is to have in it
 */
export async function repack(file, changed) {
  const files = unzipSync(await readFile(file));
  const packed = await Promise.all(
    Object.entries(files).map(async ([name, before]) => {
      const content = changed(name, before);
      return { name, content, packed: new Uint8Array(await zopfli.deflateAsync(content, options)) };
    }),
  );
  /** @type {Uint8Array[]} */
  const pieces = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for (const { name, content, packed: bytes } of packed) {
    const entry = new Packed(name, bytes);
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  await writeFile(file, Buffer.concat(pieces));
}

/**
 * Packs a tarball anew, as small as deflate allows.
 *
 * @param {string} file is overwritten
 */
export async function repackTarball(file) {
  await writeFile(file, await zopfli.gzipAsync(gunzipSync(await readFile(file)), options));
}
