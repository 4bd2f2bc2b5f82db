import * as vscode from 'vscode';
import type { Language } from '../message/elements';

/** The language of words that `message/` has itself: Chinese or, for everybody else, English. */
export function wordsLanguage(): Language {
  return vscode.env.language.startsWith('zh') ? 'zh' : 'en';
}
