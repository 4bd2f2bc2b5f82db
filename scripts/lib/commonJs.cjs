// @ts-check
// Files of ES modules, as the bundler splits them, turned into CommonJS. The bundler can do that too, but with 600 bytes of
// helpers in each file and a getter for each name, and there are two hundred files.
const { parse } = require('acorn');

/**
 * @typedef {import('acorn').Node} Node
 * @typedef {import('acorn').Program['body'][number]} Statement
 */

/**
 * Turns one file into CommonJS. Files must not load each other in a circle, which the bundler's never do: names are taken
 * over once, when a file is loaded.
 *
 * @param {string} code of an ES module; `import()` becomes a `require` that is carried out when it is reached
 * @returns {string} code without "use strict", which whoever puts files together writes once
 */
function toCommonJs(code) {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  /** @type {Array<{ start: number, end: number, text: string }>} */
  const changes = [];
  const change = (/** @type {Node} */ { start, end }, /** @type {string} */ text) =>
    changes.push({ start, end, text });
  /** @type {string[]} what is loaded before anything else is done, wherever it is written */
  const loaded = [];
  /** @type {Map<string, string>} local names of what is exported, by the names that others know */
  const exported = new Map();

  for (const statement of program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
        loaded.push(required(statement));
        change(statement, '');
        break;
      case 'ExportNamedDeclaration':
        if (statement.source || statement.declaration) throw unexpected(statement);
        for (const { local, exported: name } of statement.specifiers)
          exported.set(nameOf(name), nameOf(local));
        change(statement, '');
        break;
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
        throw unexpected(statement);
    }
  }
  const late = new Set();
  walk(program, (node, isInside) => {
    if (node.type === 'ImportExpression') {
      const { start, end } = /** @type {import('acorn').ImportExpression} */ (node).source;
      change(node, `Promise.resolve().then(()=>require(${code.slice(start, end)}))`);
    } else if (isInside) for (const name of assigned(node)) late.add(name);
  });

  const members = [...exported].map(([name, local]) =>
    // What a function sets later must be looked up each time.
    late.has(local) ? `get ${name}(){return ${local}}` : name === local ? name : `${name}:${local}`,
  );
  return `${loaded.join('')}${replaced(code, changes)}\nmodule.exports={${members.join(',')}};`;
}

/** @param {import('acorn').ImportDeclaration} declaration */
function required({ source, specifiers }) {
  const from = `require(${JSON.stringify(source.value)})`;
  if (specifiers.length === 0) return `${from};`;
  const isOurs = String(source.value).endsWith('.js');
  /** @type {string[]} */
  const whole = [];
  /** @type {string[]} */
  const members = [];
  for (const specifier of specifiers) {
    const local = specifier.local.name;
    if (specifier.type === 'ImportSpecifier') members.push(`${nameOf(specifier.imported)}:${local}`);
    else if (specifier.type === 'ImportNamespaceSpecifier' || !isOurs) whole.push(local);
    else members.push(`default:${local}`);
  }
  const parts = whole.map((local) => `${local}=${from}`);
  if (members.length > 0) parts.push(`{${members.join(',')}}=${from}`);
  return `const ${parts.join(',')};`;
}

/** @param {import('acorn').Identifier | import('acorn').Literal} node */
function nameOf(node) {
  return node.type === 'Identifier' ? node.name : JSON.stringify(node.value);
}

/**
 * @param {Node} node
 * @returns {string[]} names that it gives a new value
 */
function assigned(node) {
  const target =
    node.type === 'AssignmentExpression'
      ? /** @type {import('acorn').AssignmentExpression} */ (node).left
      : node.type === 'UpdateExpression'
        ? /** @type {import('acorn').UpdateExpression} */ (node).argument
        : undefined;
  if (target === undefined) return [];
  /** @type {string[]} */
  const names = [];
  walk(target, (one) => {
    if (one.type === 'Identifier') names.push(/** @type {import('acorn').Identifier} */ (one).name);
  });
  return names;
}

/**
 * Visits a node and all below it.
 *
 * @param {Node} node
 * @param {(node: Node, isInside: boolean) => void} visit `isInside`: in a function, which may run later
 * @param {boolean} [isInside]
 */
function walk(node, visit, isInside = false) {
  visit(node, isInside);
  const inside = isInside || /Function/.test(node.type);
  for (const value of Object.values(node))
    for (const one of Array.isArray(value) ? value : [value])
      if (one && typeof one === 'object' && typeof one.type === 'string') walk(one, visit, inside);
}

/**
 * @param {string} text
 * @param {Array<{ start: number, end: number, text: string }>} changes
 */
function replaced(text, changes) {
  let all = '';
  let at = 0;
  for (const { start, end, text: other } of changes.sort((one, two) => one.start - two.start)) {
    all += text.slice(at, start) + other;
    at = end;
  }
  return all + text.slice(at);
}

/** @param {Statement} statement */
function unexpected({ type, start }) {
  return new Error(`The bundler wrote a statement that is not expected here: ${type} at ${start}.`);
}

module.exports = { toCommonJs };
