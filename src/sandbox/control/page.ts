import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';

/** The page, as base64 of Brotli; put in when the sandbox is built (scripts/lib/inspectorPage.cjs). */
declare const INSPECTOR_PAGE: string;

const TOKEN = '<meta name="sandbox-token" content="">';

/** The page at `/sandbox/`, and the headers that let nothing run or load but what is in it. */
export interface InspectorPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

let unpacked: { readonly html: string; readonly policy: string } | undefined;

/** @param token put into the page; none for one that other machines can load */
export function inspectorPage(token: string | undefined): InspectorPage {
  unpacked ??= unpack();
  const { html, policy } = unpacked;
  return {
    html: token === undefined ? html : html.replace(TOKEN, `<meta name="sandbox-token" content="${token}">`),
    headers: {
      'Content-Security-Policy': policy,
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
    },
  };
}

function unpack(): { html: string; policy: string } {
  const html = brotliDecompressSync(Buffer.from(INSPECTOR_PAGE, 'base64')).toString('utf8');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(html, 'script')}`,
    `style-src ${hashOf(html, 'style')}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, policy: policy.join('; ') };
}

/** By its hash, exactly this script or style and no other. */
function hashOf(html: string, name: 'script' | 'style'): string {
  const text = new RegExp(`<${name}>([^]*?)</${name}>`).exec(html)?.[1] ?? '';
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
