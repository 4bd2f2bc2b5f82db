import assert from 'node:assert/strict';
import { ChatNetworkError, ChatServiceError } from '../../../src/chat/errors';
import { exchangeLine } from '../../../src/ui/exchanges';

describe('A line of the log', () => {
  const command = 'openim/modify_c2c_msg';
  const exchange = { command, url: 'http://localhost/', requestBody: '{}', durationMs: 12.4 };

  it('says connection, command, ErrorCode and milliseconds', () => {
    assert.equal(exchangeLine(exchange, 'Shop'), 'Shop: openim/modify_c2c_msg, ErrorCode 0, 12 ms');
    const refused = { ...exchange, error: new ChatServiceError(command, 90010, 'bad format') };
    assert.equal(
      exchangeLine(refused, 'Shop'),
      'Shop: openim/modify_c2c_msg, ErrorCode 90010 (bad format), 12 ms',
    );
  });

  it('says what the network did where no code came', () => {
    const error = new ChatNetworkError({
      ...{ reason: 'dropped', command, detail: 'ECONNRESET', outcomeUnknown: true },
    });
    assert.equal(
      exchangeLine({ ...exchange, error }, 'Shop'),
      'Shop: openim/modify_c2c_msg, dropped (ECONNRESET), 12 ms',
    );
  });
});
