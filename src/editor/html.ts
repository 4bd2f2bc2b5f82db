import { escaped } from './escaped';

/** What the page's frame is made of; URIs as the webview has them. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The script of the widgets' library, of a page that has any. */
  readonly widgets?: string;
  /** What the page shows first, and the id of the element that holds it. */
  readonly first: unknown;
  readonly firstId: string;
  /** Whether pictures may come from the network. */
  readonly pictures?: boolean;
  /** The webview's own source, for the policy. */
  readonly source: string;
  readonly nonce: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
}

/**
 * The page's frame, with the message in it: the page need not ask for what it shows first. Nothing may run or load but
 * our own scripts and style sheet: no inline code, no network, no eval. The toolkit and CodeMirror mark the style sheets
 * they make with the nonce.
 */
export function pageHtml(parts: PageParts): string {
  const { nonce } = parts;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${parts.source} 'nonce-${nonce}'`,
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
<link rel="stylesheet" href="${escaped(parts.style)}">
</head>
<body>
<main id="page"></main>
<script type="application/json" id="${parts.firstId}">${json(parts.first)}</script>
<script nonce="${nonce}" src="${escaped(parts.script)}"></script>
</body>
</html>`;
}

/** As JSON in which no markup can begin. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
