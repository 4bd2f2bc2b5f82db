import type { SandboxInfo } from '../localSandbox/sandboxInfo';
import type { ConnectionDetails } from './connection';

/** The connection that a running sandbox makes. */
export function sandboxDetails(info: SandboxInfo, name: string): ConnectionDetails {
  return {
    name,
    endpoint: info.endpoint,
    sdkAppId: info.sdkAppId,
    administrator: info.administrator,
    environment: 'sandbox',
    credentialKind: 'sandbox',
  };
}
