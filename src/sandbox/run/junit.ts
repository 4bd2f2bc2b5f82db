/* eslint-disable no-control-regex -- control characters are what XML has no way to write */
import type { BlockResult } from './runBlocks';

/** The results of one file. */
export interface FileResults {
  readonly file: string;
  readonly results: readonly BlockResult[];
}

/** Results as JUnit reads them. */
export function junitOf(all: readonly FileResults[]): string {
  const suites = all.map(({ file, results }) => {
    const failed = results.filter(({ outcome }) => outcome === 'failed').length;
    const errors = results.filter(({ outcome }) => outcome === 'error').length;
    const time = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
    return [
      `  <testsuite name="${xml(file)}" tests="${results.length}" failures="${failed}" errors="${errors}" time="${seconds(time)}">`,
      ...results.map((result) => testCase(file, result)),
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function testCase(file: string, { title, command, outcome, reasons, durationMs }: BlockResult): string {
  const head = `    <testcase classname="${xml(file)}" name="${xml(title || command)}" time="${seconds(durationMs)}"`;
  if (outcome === 'passed') return `${head}/>`;
  const kind = outcome === 'failed' ? 'failure' : 'error';
  const [first = ''] = reasons;
  return `${head}>\n      <${kind} message="${xml(first)}">${xml(reasons.join('\n'))}</${kind}>\n    </testcase>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Text for XML 1.0, in which most control characters cannot stand at all. */
function xml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[&<>"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
