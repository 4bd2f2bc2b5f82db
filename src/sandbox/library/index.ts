import { startSandbox as start } from '../server';
import { strictSettings } from '../settings';
import { controlOf } from './controlClient';
import type { ConnectSandbox, StartOptions, StartSandbox } from './types';

/** {@inheritDoc StartSandbox} */
export const startSandbox: StartSandbox = async (options = {}) => {
  const { seed, settings, strict = false, allow, ...others } = options;
  const { url, port, app, secretKey, token, stop } = await start({
    ...others,
    settings: { ...(strict && strictSettings), ...settings },
    ...(allow && { allow: { hosts: allow.hosts ?? [], origins: allow.origins ?? [] } }),
    ...(seed !== undefined && { seed: textsOf(seed) }),
  });
  const { sdkAppId, administrator } = app;
  const control = controlOf(url, token);
  return { url, port, sdkAppId, administrator, secretKey, token, control, stop };
};

/** {@inheritDoc ConnectSandbox} */
export const connectSandbox: ConnectSandbox = (url, token) => controlOf(url.replace(/\/+$/, ''), token);

/** A list whose items are lists, texts or seeds is several; one of messages is one. */
function textsOf(seed: NonNullable<StartOptions['seed']>): string[] {
  const isMessage = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && ('MsgBody' in item || 'MsgKey' in item);
  const several = Array.isArray(seed) && seed.length > 0 && !seed.some(isMessage);
  const items = several ? (seed as unknown[]) : [seed];
  return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}
