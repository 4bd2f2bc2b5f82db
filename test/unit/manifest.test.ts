import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands } from '../../src/contributions/commands';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; category?: string; title: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { scope?: string }>> };
  };
  readonly activationEvents: readonly string[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const contributed = manifest.contributes.commands.map(({ command }) => command).sort();

describe('the manifest', () => {
  it('contributes exactly the commands of the list', () => {
    assert.deepEqual(
      contributed,
      Object.values(commands)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('names every command by noun and verb, with a localised title in one category', () => {
    for (const { command, category, title } of manifest.contributes.commands) {
      assert.match(command, /^tencentChat\.[a-zA-Z]+\.[a-zA-Z]+$/);
      assert.equal(category, '%category%');
      assert.match(title, /^%command\.[\w.]+%$/);
    }
  });

  it('puts only its own commands into menus', () => {
    for (const [menu, entries] of Object.entries(manifest.contributes.menus)) {
      for (const { command } of entries) {
        if (command !== undefined) assert.ok(contributed.includes(command), `${menu}: ${command}`);
      }
    }
  });

  it('lets no workspace setting redirect a request, loosen a question, or shorten the journal', () => {
    for (const [name, { scope }] of Object.entries(manifest.contributes.configuration.properties)) {
      if (/endpoint|confirm|port|journal/i.test(name)) assert.equal(scope, 'machine', name);
    }
  });

  it('is activated for its documents before anything asks for them', () => {
    assert.ok(manifest.activationEvents.includes('onFileSystem:tencent-chat'));
  });
});
