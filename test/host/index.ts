import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { Witness } from '../support/witness';

/**
 * What VS Code calls in its extension host when it was started for tests: runs the suite of this folder there.
 */
export async function run(): Promise<void> {
  Witness.here.install();
  const mocha = new Mocha({
    ui: 'bdd',
    // So that a machine that is busy with other things fails nothing; what works is not waited for.
    timeout: 360_000,
    reporter: path.join(__dirname, '../../test/support/reporter.cjs'),
    color: false,
    grep: process.env.TEST_GREP,
    rootHooks: {
      // The workbench lays out all notices anew for each one that comes or goes: with a hundred of them left by the tests
      // before, a modify with its progress took a minute.
      afterEach: () => vscode.commands.executeCommand('notifications.clearAll'),
    },
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
  });
}
