import { escaped } from './escaped';
import { FIRST_MESSAGES, type ToPage } from '../protocol';

/** The page's own code, which stands in its frame. */
export interface PageCode {
  readonly script: string;
  readonly style: string;
}

/** What the page's frame is made of. */
export interface PageParts extends PageCode {
  /** The script of the widgets' library, as a URI that the webview has. */
  readonly widgets: string;
  /** What the page shows first. */
  readonly first: readonly ToPage[];
  readonly nonce: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
}

/**
 * The page's frame, with its code and the message in it: the page need not ask for what it shows first, and what it is made
 * of does not come by the long way through VS Code's service worker. Nothing may run or load but our own scripts and
 * style sheet, which carry the nonce: no other inline code, no network, no eval. The toolkit and CodeMirror mark the style
 * sheets they make with it too.
 */
export function pageHtml(parts: PageParts): string {
  const { nonce } = parts;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<meta property="widgets" content="${escaped(parts.widgets)}">
<title>${escaped(parts.title)}</title>
<style nonce="${nonce}">${parts.style}</style>
</head>
<body>
<main id="page"></main>
<script type="application/json" id="${FIRST_MESSAGES}">${json(parts.first)}</script>
<script nonce="${nonce}">${scriptText(parts.script)}</script>
</body>
</html>`;
}

/** As JSON in which no markup can begin. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

/** As code in which no markup begins or ends; in strings and expressions, where alone such a text stands, it means the same. */
function scriptText(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, '\\x3c');
}
