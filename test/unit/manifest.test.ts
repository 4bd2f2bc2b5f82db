import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands } from '../../src/contributions/commands';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; category?: string; title: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; when?: string; group?: string }[]>>;
    readonly keybindings: readonly { command: string; key: string; mac?: string; when?: string }[];
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

  it('gives keys to the daily commands, each of them in its place only', () => {
    const keys = new Map(manifest.contributes.keybindings.map(({ command, key }) => [command, key]));
    for (const [command, key] of [
      ['message.modify', 'ctrl+k alt+m'],
      ['message.compare', 'ctrl+k alt+d'],
      ['modification.undo', 'ctrl+k alt+z'],
      ['message.openByKey', 'ctrl+k alt+o'],
      ['message.reveal', 'ctrl+k alt+r'],
    ] as const)
      assert.equal(keys.get(`tencentChat.${command}`), key);
    for (const { command, key, mac, when } of manifest.contributes.keybindings) {
      assert.notEqual(when ?? '', '', command);
      if (key.includes('ctrl')) assert.equal(mac, key.replaceAll('ctrl', 'cmd'), command);
    }
  });

  it('asks in when clauses for context keys only that the extension sets', () => {
    const source = readFileSync('src/contributions/contextKeys.ts', 'utf8');
    const set = new Set([...source.matchAll(/'(tencentChat\.\w+)'/g)].map(([, id]) => id));
    const { menus, keybindings } = manifest.contributes;
    const asked = [...Object.values(menus).flat(), ...keybindings].flatMap(({ when = '' }) =>
      // What stands on the right of a comparison is a view or an editor.
      [...when.replace(/== tencentChat\.\w+/g, '').matchAll(/tencentChat\.\w+/g)].map(([id]) => id),
    );
    assert.deepEqual(
      asked.filter((id) => !set.has(id)),
      [],
    );
    assert.ok(asked.includes('tencentChat.lacking'));
  });

  it('offers in the palette nothing that needs what is known to lack', () => {
    const needs: Record<string, string> = {
      'tencentChat.modification.undo': 'writable',
      'tencentChat.drafts.modifyAll': 'writable',
      'tencentChat.message.new': 'writable',
      'tencentChat.unsent.send': 'writable',
      'tencentChat.plan.pause': 'plan',
    };
    const palette = manifest.contributes.menus.commandPalette ?? [];
    const whenOf = (id: string): string => palette.find(({ command }) => command === id)?.when ?? '';
    for (const [id, word] of Object.entries(needs))
      assert.ok(whenOf(id).includes(`!(tencentChat.lacking =~ /\\b${word}\\b/)`), id);
    assert.equal(whenOf('tencentChat.sandbox.save'), 'tencentChat.sandbox != stopped');
  });

  it('lets no workspace setting redirect a request, loosen a question, or shorten the journal', () => {
    for (const [name, { scope }] of Object.entries(manifest.contributes.configuration.properties)) {
      if (/endpoint|confirm|port|journal|languageModels/i.test(name)) assert.equal(scope, 'machine', name);
    }
  });

  it('is activated for its documents before anything asks for them', () => {
    assert.ok(manifest.activationEvents.includes('onFileSystem:tencent-chat'));
  });
});
