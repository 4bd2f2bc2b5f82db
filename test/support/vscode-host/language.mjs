// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the next start of a server speak a language: the extension's texts come in it. The language pack it is told of is
 * empty, so VS Code's own texts stay as they are.
 *
 * @param {string} dataDir
 * @param {string} language e.g. `zh-cn`
 */
export async function useLanguage(dataDir, language) {
  const data = path.join(dataDir, 'data');
  const texts = path.join(data, 'language', 'main.i18n.json');
  await mkdir(path.dirname(texts), { recursive: true });
  await mkdir(path.join(data, 'User'), { recursive: true });
  await writeFile(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  await writeFile(path.join(data, 'User/argv.json'), JSON.stringify({ locale: language }));
  const pack = {
    hash: language,
    extensions: [{ extensionIdentifier: { id: `pack.${language}` }, version: '1.0.0' }],
    translations: { vscode: texts },
    label: language,
  };
  await writeFile(path.join(data, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
