import * as vscode from 'vscode';
import type { ConnectionDiagnosis } from '../chat/diagnose';
import type { ConnectionDetails } from './connection';

/** What is the matter with a connection, in one or two sentences. */
export function diagnosisText(diagnosis: ConnectionDiagnosis, connection: ConnectionDetails): string {
  const { endpoint, sdkAppId, administrator } = connection;
  switch (diagnosis.id) {
    case 'ok':
      return diagnosis.administratorImported === false
        ? vscode.l10n.t(
            '{0} works. The administrator {1} has no account yet.',
            connection.name,
            administrator,
          )
        : vscode.l10n.t('{0} works.', connection.name);
    case 'wrongRegion':
      return vscode.l10n.t('The app {0} lives in another data centre than {1}.', sdkAppId, endpoint);
    case 'wrongKey':
      return vscode.l10n.t('The secret key is not the one of the app {0}.', sdkAppId);
    case 'brokenUserSig':
      return vscode.l10n.t('The UserSig is damaged: cut off, or copied with something else.');
    case 'userSigOfOtherUser':
      return vscode.l10n.t('The UserSig was made for another user than {0}.', administrator);
    case 'userSigOfOtherApp':
      return vscode.l10n.t('The UserSig was made for another app than {0}.', sdkAppId);
    case 'expiredUserSig':
      return vscode.l10n.t('The UserSig has expired. Give a new one, or the secret key.');
    case 'clockOff':
      return vscode.l10n.t(
        'The clock of this machine is {0} minutes away from the service’s, so signatures are not valid.',
        Math.round(Math.abs(diagnosis.clockOffset ?? 0) / 60),
      );
    case 'notAdministrator':
      return vscode.l10n.t(
        '{0} is not an administrator of the app {1}. The console makes one.',
        administrator,
        sdkAppId,
      );
    case 'appNotFound':
      return vscode.l10n.t('There is no app {0} at {1}.', sdkAppId, endpoint);
    case 'appNotAvailable':
      return vscode.l10n.t('The app {0} is disabled, expired or in arrears.', sdkAppId);
    case 'addressNotAllowed':
      return vscode.l10n.t('The app {0} may not be called from this network address.', sdkAppId);
    case 'quotaUsed':
      return vscode.l10n.t('The requests of the app {0} are used up for today.', sdkAppId);
    case 'tooFrequent':
      return vscode.l10n.t('There were too many requests. Try again in a minute.');
    case 'noNetwork':
      return vscode.l10n.t('{0} cannot be reached. Check the network, the proxy and the endpoint.', endpoint);
    case 'nothingListens':
      return vscode.l10n.t('Nothing listens at {0}. Check the endpoint and its port.', endpoint);
    case 'timeout':
      return vscode.l10n.t('{0} did not answer in time.', endpoint);
    case 'certificate':
      return vscode.l10n.t('The certificate of {0} is not trusted.', endpoint);
    case 'insecure':
      return vscode.l10n.t('The endpoint must use https; plain http is for this machine only.');
    case 'notTheService':
      return diagnosis.status === undefined || diagnosis.status === 200
        ? vscode.l10n.t('What answers at {0} is not the service.', endpoint)
        : vscode.l10n.t(
            'What answers at {0} is not the service: HTTP status {1}.',
            endpoint,
            diagnosis.status,
          );
    case 'refused':
      return vscode.l10n.t(
        'The service refused with code {0}: {1}',
        diagnosis.code ?? '?',
        diagnosis.info === undefined || diagnosis.info === '' ? '-' : diagnosis.info,
      );
  }
}
