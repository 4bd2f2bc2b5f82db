import * as vscode from 'vscode';
import { checkEndpoint, regions } from '../chat/regions';
import { connectionId, environments, namesake } from '../connections/connection';
import { checkEndpointText, checkSdkAppId, checkSecret, checkUserId } from '../connections/inputChecks';
import { environmentDescription, environmentName, regionName } from '../connections/names';
import type { Choice, Step } from '../ui/wizard';
import { detailsOf, otherOf, sameAppText, type ConnectionDraft, type DraftContext } from './connectionDraft';

/** What can be asked of a connection. */
export type ConnectionField =
  'name' | 'endpoint' | 'sdkAppId' | 'administrator' | 'secret' | 'environment' | 'readOnly';

/** The question of each: it writes the answer into the draft. */
export function connectionQuestions(
  context: DraftContext,
): Readonly<Record<ConnectionField, Step<ConnectionDraft>>> {
  const { connections, edited } = context;
  return {
    name: async (draft, ask) => {
      const text = await ask.text({
        prompt: vscode.l10n.t('Name of the connection, as it stands in the tree'),
        value: detailsOf(draft, context).name,
        validate: (text) => {
          if (text.trim() === '') return vscode.l10n.t('A name is needed.');
          return namesake(connections.list(), text, edited?.id)
            ? vscode.l10n.t('There is a connection of this name already.')
            : undefined;
        },
      });
      draft.name = text.trim();
    },

    endpoint: async (draft, ask) => {
      let chosen: string | undefined;
      while (chosen === undefined) {
        const place = await ask.pick(placeRequest(draft.endpoint));
        chosen = place === CUSTOM ? await ask.part((one) => one.text(endpointRequest(draft))) : place;
      }
      const checked = checkEndpoint(chosen);
      if ('endpoint' in checked) draft.endpoint = checked.endpoint;
    },

    sdkAppId: async (draft, ask) => {
      const text = await ask.text({
        prompt: vscode.l10n.t('SDKAppID of the app'),
        placeholder: '1400000000',
        value: draft.sdkAppId,
        validate: checkSdkAppId,
      });
      draft.sdkAppId = text.trim();
    },

    administrator: async (draft, ask) => {
      const { administrator } = detailsOf(draft, context);
      draft.administrator = await ask.text({
        prompt: vscode.l10n.t('UserID of an app administrator'),
        value: administrator,
        validate: (text) => {
          const other = otherOf({ ...detailsOf(draft, context), administrator: text }, context);
          return other ? sameAppText(other) : checkUserId(text);
        },
      });
    },

    secret: async (draft, ask) => {
      const stored = storedChoice(draft, context);
      const placeholder = vscode.l10n.t('How requests are signed');
      const another = { value: false, label: vscode.l10n.t('Another secret key or UserSig…'), icon: 'edit' };
      let text: string | undefined;
      while (text === undefined) {
        if (stored !== undefined && (await ask.pick({ placeholder, choices: [stored, another] }))) {
          delete draft.secret;
          draft.storedFor = connectionId(detailsOf(draft, context));
          return;
        }
        const request = secretRequest(draft);
        text = stored === undefined ? await ask.text(request) : await ask.part((one) => one.text(request));
      }
      draft.secret = text.trim();
    },

    environment: async (draft, ask) => {
      draft.environment = await ask.pick({
        placeholder: vscode.l10n.t(
          'Environment: decides how often you are asked before a message is modified',
        ),
        selected: detailsOf(draft, context).environment,
        choices: environments.map((value) => ({
          value,
          label: environmentName(value),
          detail: environmentDescription(value),
        })),
      });
    },

    // Choosing it is the answer.
    readOnly: (draft) => {
      draft.readOnly = !(draft.readOnly ?? false);
      return Promise.resolve();
    },
  };
}

/** Stands for an endpoint that is typed. */
const CUSTOM = '';

function placeRequest(endpoint: string | undefined) {
  const known = regions.some((region) => region.endpoint === endpoint);
  return {
    placeholder: vscode.l10n.t('Data centre of the app; it stands in the console. Or type an endpoint.'),
    typed: typedEndpoint,
    selected: endpoint === undefined || known ? endpoint : CUSTOM,
    choices: [
      ...regions.map((region) => ({
        value: region.endpoint,
        label: regionName(region.id),
        description: region.endpoint,
      })),
      {
        value: CUSTOM,
        label: vscode.l10n.t('Custom endpoint…'),
        description: vscode.l10n.t('a standby domain, a proxy, a sandbox'),
        icon: 'edit',
      },
    ],
  };
}

/** What was typed into the list, when it looks like an endpoint and not like the beginning of a name. */
function typedEndpoint(text: string): Choice<string> | undefined {
  const checked = checkEndpoint(text);
  return /[.:]/.test(text) && 'endpoint' in checked
    ? { value: checked.endpoint, label: checked.endpoint, icon: 'edit' }
    : undefined;
}

function endpointRequest({ endpoint }: ConnectionDraft) {
  return {
    prompt: vscode.l10n.t('Endpoint: https, or http on this machine'),
    placeholder: regions[0]?.standby ?? '',
    value: endpoint,
    validate: checkEndpointText,
  };
}

function secretRequest({ sdkAppId, administrator, secret }: ConnectionDraft) {
  const app = { sdkAppId: Number(sdkAppId), administrator };
  return {
    prompt: vscode.l10n.t(
      'Secret key of SDKAppID {0} from the console, or a UserSig of an administrator. It stays in the secret storage.',
      app.sdkAppId,
    ),
    value: secret,
    password: true,
    validate: (text: string) => checkSecret(text, app, Date.now()),
  };
}

/** A secret that was given for another place is used here only when the person says so; a UserSig names its place. */
function storedChoice(draft: ConnectionDraft, context: DraftContext): Choice<boolean> | undefined {
  const { edited } = context;
  if (edited === undefined) return undefined;
  const details = detailsOf(draft, context);
  if (connectionId(details) === edited.id)
    return { value: true, label: vscode.l10n.t('Keep the secret that is stored') };
  if (edited.credentialKind === 'userSig') return undefined;
  return {
    value: true,
    label: vscode.l10n.t('Use the stored secret there too'),
    detail: vscode.l10n.t(
      'It will sign requests to {0}, SDKAppID {1}, as {2}. Only for an endpoint that you trust.',
      details.endpoint,
      details.sdkAppId,
      details.administrator,
    ),
  };
}
