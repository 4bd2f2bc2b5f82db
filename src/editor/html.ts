import { escaped } from './escaped';

/** A script or a style sheet: where the webview finds it, or itself, of a page that is to wait for nothing. */
type Source = { readonly uri: string } | { readonly text: string };

/** What the page's frame is made of; URIs as the webview has them. */
export interface PageParts {
  readonly script: Source;
  readonly style: Source;
  /** The script of the widgets' library, of a page that has any. */
  readonly widgets?: string;
  /** What the page shows first, and the id of the element that holds it. */
  readonly first: unknown;
  readonly firstId: string;
  /** Whether pictures may come from the network. */
  readonly pictures?: boolean;
  /** The webview's own source, for the policy; absent when nothing is loaded from there. */
  readonly source?: string;
  readonly nonce: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
}

/**
 * The page's frame, with the message in it: the page need not ask for what it shows first. Nothing may run or load but
 * our own scripts and style sheet: no other inline code, no network, no eval. The toolkit and CodeMirror mark the style
 * sheets they make with the nonce.
 */
export function pageHtml(parts: PageParts): string {
  const { nonce } = parts;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${parts.source === undefined ? '' : `${parts.source} `}'nonce-${nonce}'`,
    ...(parts.pictures === true ? ['img-src https:'] : []),
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
${parts.widgets === undefined ? '' : `<meta property="widgets" content="${escaped(parts.widgets)}">`}
<title>${escaped(parts.title)}</title>
${styleElement(parts.style, nonce)}
</head>
<body>
<main id="page"></main>
<script type="application/json" id="${parts.firstId}">${json(parts.first)}</script>
${scriptElement(parts.script, nonce)}
</body>
</html>`;
}

function styleElement(style: Source, nonce: string): string {
  return 'uri' in style
    ? `<link rel="stylesheet" href="${escaped(style.uri)}">`
    : `<style nonce="${nonce}">${style.text}</style>`;
}

function scriptElement(script: Source, nonce: string): string {
  return 'uri' in script
    ? `<script nonce="${nonce}" src="${escaped(script.uri)}"></script>`
    : `<script nonce="${nonce}">${script.text}</script>`;
}

/** As JSON in which no markup can begin. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
