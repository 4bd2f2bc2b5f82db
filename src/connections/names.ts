import * as vscode from 'vscode';
import type { RegionId } from '../chat/regions';
import type { Connection, Environment } from './connection';

/** A data centre in words. */
export function regionName(id: RegionId): string {
  switch (id) {
    case 'china':
      return vscode.l10n.t('China');
    case 'singapore':
      return vscode.l10n.t('Singapore');
    case 'seoul':
      return vscode.l10n.t('Seoul');
    case 'tokyo':
      return vscode.l10n.t('Tokyo');
    case 'frankfurt':
      return vscode.l10n.t('Frankfurt');
    case 'siliconValley':
      return vscode.l10n.t('Silicon Valley');
    case 'jakarta':
      return vscode.l10n.t('Jakarta');
    case 'india':
      return vscode.l10n.t('India (older apps)');
    case 'saudiArabia':
      return vscode.l10n.t('Saudi Arabia (not documented)');
  }
}

export function environmentName(environment: Environment): string {
  switch (environment) {
    case 'sandbox':
      return vscode.l10n.t('Sandbox');
    case 'test':
      return vscode.l10n.t('Test');
    case 'production':
      return vscode.l10n.t('Production');
  }
}

/** A connection in a row, with what it is for. */
export function connectionText({ name, environment }: Pick<Connection, 'name' | 'environment'>): string {
  return `${name} (${environmentName(environment)})`;
}

/** The app that a question is about, as a line of its detail. */
export function appLine({
  name,
  sdkAppId,
  environment,
}: Pick<Connection, 'name' | 'sdkAppId' | 'environment'>): string {
  return vscode.l10n.t('App: {0} ({1}), {2}', name, sdkAppId, environmentName(environment));
}

/** What an environment means for modifying. */
export function environmentDescription(environment: Environment): string {
  switch (environment) {
    case 'sandbox':
      return vscode.l10n.t('Nothing real is in it: messages are modified without a question.');
    case 'test':
      return vscode.l10n.t('You are asked once in each window.');
    case 'production':
      return vscode.l10n.t('Real users see it: you are asked every time.');
  }
}
