import { memberText } from '../../json/trustingScanner';
import { isRecord, valueOfJson } from '../../json/values';
import { sampleBody } from '../../webhooks/commands/samples';
export { webhookSamples } from '../../webhooks/commands/samples';
import type { SentWebhook } from '../webhooks/webhookLog';
import type { Webhooks } from '../webhooks/webhooks';
import { readWebhookTarget } from '../webhooks/webhookTarget';

/**
 * Sends any webhook, with its sample as body or one of one's own: `{"command": "…", "body": {…}, "url": "…", "token": "…"}`.
 *
 * @returns it as it was sent, with what was answered and what the service would do with that
 * @throws {Error} that names what is wrong
 */
export async function sendSample(body: Buffer, webhooks: Webhooks): Promise<SentWebhook> {
  const text = body.toString('utf8');
  const wish = valueOfJson(text);
  if (!isRecord(wish)) throw new Error('The body is not a JSON object.');
  const { command, url } = wish;
  if (typeof command !== 'string' || command === '') throw new Error('command is not a text.');
  if (wish.body !== undefined && !isRecord(wish.body)) throw new Error('body is not a JSON object.');
  const sample = sampleBody(command);
  // The text of the body, and not its value: numbers keep their digits.
  const request = wish.body === undefined ? sample && JSON.stringify(sample) : memberText(text, 'body');
  if (request === undefined) throw new Error(`There is no sample of ${command}: give a body.`);
  return webhooks.send(command, request, url === undefined ? undefined : readWebhookTarget(wish));
}
