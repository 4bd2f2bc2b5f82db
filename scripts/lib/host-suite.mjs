// @ts-check
// The extension host's suite in the VS Code of the version that is named.
import { startHostSuite } from './suites.mjs';

await startHostSuite(process.argv[2] ?? '');
