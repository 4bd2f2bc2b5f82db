import type { JSONPath, Node } from 'jsonc-parser';
import { nodeText } from '../../json/tree';
import { atKey, type Findings } from './findings';

/** Half a surrogate pair that stands in the text as such. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Checks what may be wrong anywhere in a document. */
export function checkTree(findings: Findings, root: Node): void {
  const lone = LONE.exec(nodeText(findings.text, root));
  if (lone !== null) {
    const code = lone[0].charCodeAt(0).toString(16);
    findings.add(
      'loneSurrogate',
      'warning',
      { path: [], range: { offset: root.offset + lone.index, length: 1 } },
      { code },
    );
  }
  checkKeys(findings, root, []);
}

function checkKeys(findings: Findings, node: Node, path: JSONPath): void {
  if (node.type === 'array') {
    node.children?.forEach((item, index) => checkKeys(findings, item, [...path, index]));
    return;
  }
  if (node.type !== 'object') return;
  const seen = new Set<string>();
  for (const property of node.children ?? []) {
    const key = String(property.children?.[0]?.value);
    if (seen.has(key)) findings.add('duplicateKey', 'warning', atKey(property, [...path, key]), { key });
    seen.add(key);
    const value = property.children?.[1];
    if (value?.type === 'object' || value?.type === 'array') checkKeys(findings, value, [...path, key]);
  }
}
