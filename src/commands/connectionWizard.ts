import * as vscode from 'vscode';
import { checkEndpoint, isLoopback, regions } from '../chat/regions';
import type { Connections } from '../connections/connections';
import {
  connectionId,
  environments,
  namesake,
  type Connection,
  type ConnectionDetails,
  type Environment,
} from '../connections/connection';
import { checkEndpointText, checkSdkAppId, checkUserId } from '../connections/inputChecks';
import { environmentDescription, environmentName, regionName } from '../connections/names';
import { secretQuestion } from '../connections/secretPrompt';
import { runSteps, type Choice, type Step } from '../ui/wizard';

/** What the steps have gathered; what a connection had stands in it from the start when one is edited. */
export interface ConnectionDraft {
  name?: string;
  /** Id of a region, or empty for a custom endpoint. */
  region?: string;
  endpoint?: string;
  sdkAppId?: string;
  administrator?: string;
  credential?: 'secretKey' | 'userSig' | 'keep';
  secret?: string;
  environment?: Environment;
}

/** What was answered. */
export interface WizardResult {
  readonly details: ConnectionDetails;
  /** Undefined to keep the one that is stored. */
  readonly secret: string | undefined;
  /** The person chose to use the stored secret at another endpoint, for another app or administrator. */
  readonly moveSecret: boolean;
  /** To ask again with what was answered. */
  readonly draft: ConnectionDraft;
}

/**
 * Asks for all of a connection, step by step with *Back*. Throws `vscode.CancellationError` when closed.
 *
 * @param entered what was answered before
 */
export async function askConnection(
  title: string,
  connections: Pick<Connections, 'sameAs' | 'list'>,
  edited?: Connection,
  entered: ConnectionDraft = {},
): Promise<WizardResult> {
  const draft: ConnectionDraft =
    edited === undefined
      ? entered
      : {
          name: edited.name,
          region: edited.region ?? '',
          endpoint: edited.endpoint,
          sdkAppId: String(edited.sdkAppId),
          administrator: edited.administrator,
          credential: 'keep',
          environment: edited.environment,
        };
  await runSteps(title, draft, [
    askName(connections, edited),
    askRegion,
    askEndpoint,
    askApp,
    askAdministrator(connections, edited),
    askKind(edited),
    askSecret(edited),
    askEnvironment,
  ]);
  return resultOf(draft, edited);
}

const askName =
  (connections: Pick<Connections, 'list'>, edited: Connection | undefined): Step<ConnectionDraft> =>
  async (draft, ask) => {
    draft.name = (
      await ask.text({
        prompt: vscode.l10n.t('Name of the connection, as it stands in the tree'),
        value: draft.name,
        validate: (text) => {
          if (text.trim() === '') return vscode.l10n.t('A name is needed.');
          return namesake(connections.list(), text, edited?.id)
            ? vscode.l10n.t('There is a connection of this name already.')
            : undefined;
        },
      })
    ).trim();
  };

const askRegion: Step<ConnectionDraft> = async (draft, ask) => {
  draft.region = await ask.pick({
    placeholder: vscode.l10n.t('Data centre of the app; it stands in the console'),
    selected: draft.region,
    choices: [
      ...regions.map(({ id, endpoint }) => ({
        value: id,
        label: regionName(id),
        description: endpoint,
      })),
      {
        value: '',
        label: vscode.l10n.t('Custom endpoint…'),
        description: vscode.l10n.t('a standby domain, a proxy, a sandbox'),
        icon: 'edit',
      },
    ],
  });
};

const askEndpoint: Step<ConnectionDraft> = async (draft, ask) => {
  const region = regions.find(({ id }) => id === draft.region);
  if (region !== undefined) {
    draft.endpoint = region.endpoint;
    return;
  }
  const text = await ask.text({
    prompt: vscode.l10n.t('Endpoint: https, or http on this machine'),
    placeholder: regions[0]?.standby ?? '',
    value: draft.endpoint,
    validate: checkEndpointText,
  });
  const checked = checkEndpoint(text);
  if ('endpoint' in checked) draft.endpoint = checked.endpoint;
};

const askApp: Step<ConnectionDraft> = async (draft, ask) => {
  draft.sdkAppId = (
    await ask.text({
      prompt: vscode.l10n.t('SDKAppID of the app'),
      placeholder: '1400000000',
      value: draft.sdkAppId,
      validate: checkSdkAppId,
    })
  ).trim();
};

/** The last of the three that make a connection what it is, so that a second one to the same is refused here. */
const askAdministrator =
  (connections: Pick<Connections, 'sameAs'>, edited: Connection | undefined): Step<ConnectionDraft> =>
  async (draft, ask) => {
    draft.administrator = await ask.text({
      prompt: vscode.l10n.t('UserID of an app administrator'),
      value: draft.administrator ?? 'administrator',
      validate: (text) => {
        const same = connections.sameAs(placeOf({ ...draft, administrator: text }));
        return same === undefined || same.id === edited?.id
          ? checkUserId(text)
          : vscode.l10n.t('{0} is a connection to the same app by the same administrator.', same.name);
      },
    });
  };

/** What a connection talks to, as whom. */
function placeOf({
  endpoint = '',
  sdkAppId,
  administrator = '',
}: ConnectionDraft): Parameters<typeof connectionId>[0] {
  return { endpoint, sdkAppId: Number(sdkAppId), administrator, credentialKind: 'secretKey' };
}

/** Whether the secret that is stored was given for another endpoint, app or administrator. */
function isElsewhere(draft: ConnectionDraft, edited: Connection): boolean {
  return connectionId(placeOf(draft)) !== edited.id;
}

/** A secret that was given for another place is used here only when the person says so; a UserSig names its place. */
function keepChoice(draft: ConnectionDraft, edited: Connection | undefined): Choice<'keep'>[] {
  if (edited === undefined) return [];
  if (!isElsewhere(draft, edited)) {
    return [{ value: 'keep', label: vscode.l10n.t('Keep the secret that is stored') }];
  }
  if (edited.credentialKind === 'userSig') return [];
  const { endpoint = '', sdkAppId = '', administrator = '' } = draft;
  return [
    {
      value: 'keep',
      label: vscode.l10n.t('Use the stored secret there too'),
      detail: vscode.l10n.t(
        'It will sign requests to {0}, SDKAppID {1}, as {2}. Only for an endpoint that you trust.',
        endpoint,
        sdkAppId,
        administrator,
      ),
    },
  ];
}

const askKind =
  (edited: Connection | undefined): Step<ConnectionDraft> =>
  async (draft, ask) => {
    draft.credential = await ask.pick<NonNullable<ConnectionDraft['credential']>>({
      placeholder: vscode.l10n.t('How requests are signed'),
      selected:
        edited !== undefined && isElsewhere(draft, edited) && draft.credential === 'keep'
          ? undefined
          : draft.credential,
      choices: [
        ...(edited !== undefined && !isElsewhere(draft, edited) ? keepChoice(draft, edited) : []),
        {
          value: 'secretKey',
          label: vscode.l10n.t('Secret key'),
          detail: vscode.l10n.t('Signatures are made on this machine and renewed by themselves.'),
        },
        {
          value: 'userSig',
          label: vscode.l10n.t('Ready-made UserSig'),
          detail: vscode.l10n.t('For when you may not have the key. It has to be replaced when it expires.'),
        },
        ...(edited !== undefined && isElsewhere(draft, edited) ? keepChoice(draft, edited) : []),
      ],
    });
  };

const askSecret =
  (edited: Connection | undefined): Step<ConnectionDraft> =>
  async (draft, ask) => {
    const { credential = 'keep', administrator = '' } = draft;
    const app = { sdkAppId: Number(draft.sdkAppId), administrator };
    if (credential === 'keep' && edited !== undefined) {
      delete draft.secret;
      return;
    }
    const kind = credential === 'userSig' ? 'userSig' : 'secretKey';
    draft.secret = (await ask.text(secretQuestion(app, kind))).trim();
  };

const askEnvironment: Step<ConnectionDraft> = async (draft, ask) => {
  const local = draft.endpoint !== undefined && isLoopback(new URL(draft.endpoint).hostname);
  draft.environment = await ask.pick({
    placeholder: vscode.l10n.t('Environment: decides how often you are asked before a message is modified'),
    selected: draft.environment ?? (local ? 'sandbox' : 'production'),
    choices: environments.map((value) => ({
      value,
      label: environmentName(value),
      detail: environmentDescription(value),
    })),
  });
};

function resultOf(draft: ConnectionDraft, edited: Connection | undefined): WizardResult {
  const {
    name = '',
    region,
    endpoint = '',
    administrator = '',
    environment = 'production',
    credential,
  } = draft;
  return {
    details: {
      name,
      region: region === '' ? undefined : region,
      endpoint,
      sdkAppId: Number(draft.sdkAppId),
      administrator,
      environment,
      credentialKind:
        credential === 'keep' || credential === undefined
          ? (edited?.credentialKind ?? 'secretKey')
          : credential,
    },
    draft,
    secret: draft.secret,
    moveSecret: edited !== undefined && credential === 'keep' && isElsewhere(draft, edited),
  };
}
