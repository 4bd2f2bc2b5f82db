import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

/** A piece of text in the source, with where it stands. */
interface SourceText {
  readonly text: string;
  readonly place: string;
}

/** What a scan of the source finds. */
export interface SourceTexts {
  /** First arguments of `l10n.t`. */
  readonly localised: readonly SourceText[];
  /** Calls of `l10n.t` whose text cannot be read off the source. */
  readonly computed: readonly string[];
  /** Literals that a person would read although no string table holds them. */
  readonly bare: readonly SourceText[];
}

/** Properties and arguments that VS Code or the page shows as they are. */
const shownProperties = new Set([
  'label',
  'title',
  'placeHolder',
  'placeholder',
  'prompt',
  'detail',
  'description',
  'tooltip',
  'message',
  'text',
  'textContent',
  'innerText',
  'ariaLabel',
  'badge',
]);

/** Calls whose texts go to the log or to a developer, not to a person who edits messages. */
const unseenCalls =
  /^(?:.*\blog(?:ger)?\.\w+|.*\.(?:trace|debug|info|warn|error|executeCommand|setContext|getConfiguration|get|has|querySelector(?:All)?|closest|matches|test|includes|startsWith|endsWith|split|join|replace|createElement|setAttribute|getAttribute|addEventListener)|new (?:RegExp|\w*Error)|\w*Error)$/;

/** Reads every TypeScript file below the folders. */
export function scanSources(root: string, folders: readonly string[]): SourceTexts {
  const localised: SourceText[] = [];
  const computed: string[] = [];
  const bare: SourceText[] = [];
  for (const file of folders.flatMap((folder) => sourceFiles(path.join(root, folder)))) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    const place = (node: ts.Node): string =>
      `${path.relative(root, file)}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText())) {
        const [first, ...rest] = node.arguments;
        if (first && ts.isStringLiteralLike(first)) localised.push({ text: first.text, place: place(node) });
        else computed.push(place(node));
        rest.forEach(visit);
        return;
      }
      if (isText(node) && isShown(node)) bare.push({ text: textOf(node), place: place(node) });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { localised, computed, bare };
}

function sourceFiles(folder: string): string[] {
  if (folder.endsWith('.ts')) return [folder];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name));
}

type TextNode = ts.StringLiteralLike | ts.TemplateExpression;

function isText(node: ts.Node): node is TextNode {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function textOf(node: TextNode): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('{}');
}

function isShown(node: TextNode): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent))
    return false;
  const words = textOf(node)
    .replace(/\$\([\w~-]+\)/g, '')
    .replace(/\{\}/g, ' ');
  // Paths, file endings and markup are no prose.
  if (!/\p{L}{2}/u.test(words) || /^[./<]/.test(words) || isUnseen(node)) return false;
  if (propertyName(node) !== undefined && shownProperties.has(propertyName(node) ?? '')) return true;
  // Prose: two words with a blank between them, the first with a capital, or CJK.
  return /^\P{L}*\p{Lu}\p{L}*(?: \p{L}+)+/u.test(words) || /\p{Script=Han}/u.test(words);
}

function propertyName(node: ts.Node): string | undefined {
  const { parent } = node;
  if (ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent)) return propertyName(parent);
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return parent.name.getText();
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return ts.isPropertyAccessExpression(parent.left) ? parent.left.name.text : undefined;
  }
  return undefined;
}

function isUnseen(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isCallExpression(at) && unseenCalls.test(at.expression.getText().replace(/\s+/g, ''))) return true;
    if (ts.isNewExpression(at) && /Error$|^RegExp$/.test(at.expression.getText())) {
      return !at.expression.getText().endsWith('NoticeError');
    }
    if (ts.isStatement(at)) return false;
  }
  return false;
}
