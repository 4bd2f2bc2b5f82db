import * as vscode from 'vscode';
import { commands } from '../contributions/commands';
import { escaped } from '../editor/escaped';
import type { CodeLine, CodePage, CodePart } from './errorCodePage';

/**
 * The page of a code. Nothing runs on it: its links are what a person may press, those of the service's documentation,
 * which VS Code opens outside, and the one command that the panel allows.
 *
 * @param nonce lets its own style sheet in, and nothing else
 */
export function errorCodeHtml(page: CodePage, title: string, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(page.heading)}</h1>
<p class="meaning">${escaped(page.meaning)}</p>
${page.canBeTried ? `<p>${tryLink(page.code)}</p>` : ''}
${page.parts.map(partHtml).join('\n')}
</main>
</body>
</html>`;
}

function partHtml({ heading, kind, lines }: CodePart): string {
  const items = lines.map((line) => `<li>${lineHtml(line)}</li>`).join('');
  const told = {
    text: () => lines.map((line) => `<p>${lineHtml(line)}</p>`).join(''),
    list: () => `<ul>${items}</ul>`,
    ordered: () => `<ol>${items}</ol>`,
  }[kind]();
  return `<h2>${escaped(heading)}</h2>${told}`;
}

function lineHtml({ text, link }: CodeLine): string {
  return link === undefined ? escaped(text) : `<a href="${escaped(link)}">${escaped(text)}</a>`;
}

function tryLink(code: number): string {
  const { id } = commands.errorCodeTryInSandbox;
  const link = `command:${id}?${encodeURIComponent(JSON.stringify([code]))}`;
  return `<a class="button" href="${escaped(link)}">${escaped(vscode.l10n.t('Try in Sandbox…'))}</a>`;
}

const STYLE = `
body { font-size: var(--vscode-font-size); line-height: 1.5; padding: 0 1.5em 2em; }
main { max-width: 46em; overflow-wrap: anywhere; }
h1 { font-size: 2em; font-weight: 600; line-height: 1.2; margin: 0.8em 0 0.3em; }
h2 { font-size: 1.15em; font-weight: 600; margin: 1.6em 0 0.3em; }
p, ol, ul { margin: 0.3em 0; }
ol, ul { padding-inline-start: 1.6em; }
.meaning { font-size: 1.15em; }
a:not(.button) { text-decoration: underline; }
.button { display: inline-block; margin: 0.5em 0 0; padding: 0.25em 0.9em; text-decoration: none; border-radius: 2px;
  color: var(--vscode-button-foreground); background: var(--vscode-button-background);
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); }
.button:hover { color: var(--vscode-button-foreground); background: var(--vscode-button-hoverBackground); }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
`;
