import * as vscode from 'vscode';
import { diagnoseConnection } from '../chat/diagnose';
import { connectionId, type ConnectionDetails } from '../connections/connection';
import { diagnosisText } from '../connections/diagnosisTexts';
import { environmentDescription, environmentName, regionName } from '../connections/names';
import { regions } from '../chat/regions';
import { withProgress } from '../ui/progress';
import type { Choice, Step } from '../ui/wizard';
import { complaintOf, detailsOf, type ConnectionDraft, type DraftContext } from './connectionDraft';
import { connectionQuestions, type ConnectionField } from './connectionQuestions';

type Row = ConnectionField | 'test' | 'save';

/**
 * The last step: shows all of a connection, lets each of it be changed, and ends when the connection works, or when the
 * person keeps it although it does not.
 */
export function review(context: DraftContext): Step<ConnectionDraft> {
  const questions = connectionQuestions(context);
  return async (draft, ask) => {
    /** What came of trying it as it is now. */
    let found: string | undefined;
    for (;;) {
      const complaint = complaintOf(draft, context);
      const row = await ask.pick<Row>({
        placeholder: complaint ?? found ?? vscode.l10n.t('Choose what is to be changed, or go on'),
        choices: [
          ...(complaint === undefined ? endings(draft, context, found) : []),
          ...valueRows(draft, context),
        ],
      });
      if (row === 'save') return;
      if (row === 'test') {
        found = await troubleWith(draft, context);
        if (found === undefined) return;
        continue;
      }
      const changed = await ask.part(async (one) => {
        await questions[row](draft, one);
        return true;
      });
      if (changed) found = undefined;
    }
  };
}

/** How to go on. What does not change how the app is reached needs no test. */
function endings(draft: ConnectionDraft, context: DraftContext, found: string | undefined): Choice<Row>[] {
  const { edited } = context;
  const same = connectionId(detailsOf(draft, context)) === edited?.id && draft.secret === undefined;
  if (same) return [{ value: 'save', label: vscode.l10n.t('Save'), icon: 'check' }];
  if (found === undefined) return [{ value: 'test', label: vscode.l10n.t('Test and Save'), icon: 'check' }];
  return [
    // The line above the list cuts off what is long.
    { value: 'test', label: vscode.l10n.t('Test Again'), detail: found, icon: 'refresh' },
    { value: 'save', label: vscode.l10n.t('Save Anyway'), icon: 'save' },
  ];
}

/** What keeps a connection from working, localised; undefined when it works, or when nothing is there to sign with. */
async function troubleWith(draft: ConnectionDraft, context: DraftContext): Promise<string | undefined> {
  const details = detailsOf(draft, context);
  const client = await context.connections.trial(details, draft.secret, context.edited?.id);
  if (client === undefined) return undefined;
  try {
    return await withProgress(vscode.l10n.t('Testing {0}…', details.name), async ({ signal }) => {
      try {
        const diagnosis = await diagnoseConnection(client, signal);
        return diagnosis.id === 'ok' ? undefined : diagnosisText(diagnosis, details);
      } catch (error) {
        if (signal.aborted) return vscode.l10n.t('The test was cancelled.');
        throw error;
      }
    });
  } finally {
    client.dispose();
  }
}

function valueRows(draft: ConnectionDraft, context: DraftContext): Choice<Row>[] {
  const details = detailsOf(draft, context);
  const { environment, endpoint } = details;
  const region = regions.find((one) => one.endpoint === endpoint);
  const rows: Choice<Row>[] = [
    { value: 'name', label: vscode.l10n.t('Name'), description: details.name, icon: 'tag' },
    {
      value: 'endpoint',
      label: vscode.l10n.t('Endpoint'),
      description: region ? `${regionName(region.id)} · ${endpoint}` : endpoint,
      icon: 'globe',
    },
    {
      value: 'sdkAppId',
      label: vscode.l10n.t('SDKAppID of the app'),
      description: String(details.sdkAppId),
      icon: 'symbol-numeric',
    },
    {
      value: 'administrator',
      label: vscode.l10n.t('Administrator'),
      description: details.administrator,
      icon: 'account',
    },
    { value: 'secret', label: vscode.l10n.t('Secret'), description: secretText(draft, details), icon: 'key' },
    {
      value: 'environment',
      label: vscode.l10n.t('Environment'),
      description: `${environmentName(environment)} · ${environmentDescription(environment)}`,
      icon: 'shield',
    },
    {
      value: 'readOnly',
      label: vscode.l10n.t('Read-only'),
      description: draft.readOnly ? vscode.l10n.t('Yes') : vscode.l10n.t('No'),
      icon: 'lock',
    },
  ];
  return rows.map((row) => ({ ...row, group: vscode.l10n.t('The connection') }));
}

/** What signs, without a letter of it. */
function secretText(draft: ConnectionDraft, details: ConnectionDetails): string {
  if (draft.secret === undefined)
    return draft.storedFor === connectionId(details)
      ? vscode.l10n.t('the one that is stored')
      : vscode.l10n.t('is needed');
  return details.credentialKind === 'userSig'
    ? vscode.l10n.t('a UserSig was entered')
    : vscode.l10n.t('a secret key was entered');
}
