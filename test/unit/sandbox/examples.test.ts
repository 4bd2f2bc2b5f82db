import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { World } from './world';

const exec = promisify(execFile);

/** How an example of each language is run, and what shows that the language is here. */
const languages: Readonly<Record<string, { file: string; run: readonly string[]; probe: string[] }>> = {
  Node: { file: 'example.mjs', run: [process.execPath], probe: ['--version'] },
  Python: { file: 'example.py', run: ['python3'], probe: ['--version'] },
  Java: { file: 'Example.java', run: ['java'], probe: ['-version'] },
  Go: { file: 'example.go', run: ['go', 'run'], probe: ['version'] },
  PHP: { file: 'example.php', run: ['php'], probe: ['--version'] },
};

/** The program below a heading of the documentation. */
function exampleOf(title: string): string {
  const text = readFileSync('docs/sandbox.md', 'utf8');
  const code = new RegExp(`^### ${title}\\n\\n\`\`\`\\w+\\n([^]*?)^\`\`\`$`, 'm').exec(text)?.[1];
  assert.ok(code, `an example for ${title}`);
  return code;
}

describe('sandbox: examples of the documentation', () => {
  let world: World;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-examples-'));
    world = await World.start({ seed: undefined });
  });
  after(async () => {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs an example, perhaps changed; false when the language is not on this machine. */
  async function runs(title: string, change = (code: string): string => code): Promise<boolean> {
    const { file, run, probe } = languages[title] ?? assert.fail(title);
    const [program = '', ...args] = run;
    const isHere = await exec(program, probe).then(
      () => true,
      () => false,
    );
    if (!isHere) return false;
    const path = join(mkdtempSync(join(folder, 'one-')), file);
    writeFileSync(path, change(exampleOf(title)));
    // Whatever proxy this machine has, the sandbox is here; and Java reads no path that its locale cannot write.
    const here = { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', LC_ALL: 'C.UTF-8' };
    await exec(program, [...args, path], {
      env: { ...process.env, ...here, CHAT_SANDBOX: world.sandbox.url },
    });
    return true;
  }

  for (const title of Object.keys(languages)) {
    it(`${title}, when it is on this machine`, async () => {
      if (!(await runs(title))) return;
      const { json } = await world.control('GET', 'calls');
      assert.equal((json as { total: number }).total, 1);
      assert.match(world.sandbox.sandbox.clock.state.iso, /^2026-01-31T11:33:20/);
    });
  }

  it('each fails when its client does not send', async () => {
    const withoutCall = (code: string): string => code.replace('openim/sendmsg', 'openim/nothing');
    const all = Object.keys(languages).map(async (title) => {
      const ended = await runs(title, withoutCall).catch((error: unknown) => error);
      if (ended !== false) assert.match(String(ended), /instead/, title);
    });
    await Promise.all(all);
  });
});
