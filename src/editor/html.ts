import { escaped } from './escaped';
import { FIRST_MESSAGES, type ToPage } from '../protocol';

/** What the page's frame is made of; URIs as the webview has them. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The script of the widgets' library. */
  readonly widgets: string;
  /** What the page shows first. */
  readonly first: readonly ToPage[];
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
<link rel="stylesheet" href="${escaped(parts.style)}">
</head>
<body>
<main id="page"></main>
<script type="application/json" id="${FIRST_MESSAGES}">${json(parts.first)}</script>
<script nonce="${nonce}" src="${escaped(parts.script)}"></script>
</body>
</html>`;
}

/** As JSON in which no markup can begin. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
