import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkedSetting, settings } from '../../../src/contributions/settingChecks';

describe('a setting', () => {
  it('that cannot be meant counts as its default', () => {
    const wrong = ['30 days', '30', null, NaN, 0, -1, 1.5, 1e300, Infinity, true, [], {}];
    for (const value of wrong) {
      assert.deepEqual(checkedSetting(settings.journalKeepDays, value), { value: 365, wrong: true });
      assert.deepEqual(checkedSetting(settings.journalMaxSizeMB, value), { value: 200, wrong: true });
    }
    assert.deepEqual(checkedSetting(settings.sandboxPort, '80'), { value: 18080, wrong: true });
    assert.deepEqual(checkedSetting(settings.sandboxPort, 65_536), { value: 18080, wrong: true });
    assert.deepEqual(checkedSetting(settings.sandboxEndpoint, 18080), { value: '', wrong: true });
    assert.deepEqual(checkedSetting(settings.confirmInTest, 'never'), {
      value: 'oncePerWindow',
      wrong: true,
    });
  });

  it('counts as it is set, and as its default where it is not', () => {
    assert.deepEqual(checkedSetting(settings.journalKeepDays, 30), { value: 30, wrong: false });
    assert.deepEqual(checkedSetting(settings.journalKeepDays, undefined), { value: 365, wrong: false });
    assert.deepEqual(checkedSetting(settings.sandboxPort, 0), { value: 0, wrong: false });
    assert.deepEqual(checkedSetting(settings.confirmInTest, 'always'), { value: 'always', wrong: false });
  });

  it('is declared in the manifest, each with the same default', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> } };
    };
    const declared = Object.entries(manifest.contributes.configuration.properties);
    assert.deepEqual(
      Object.values(settings).map(({ id, fallback }) => [id, fallback]),
      declared.map(([id, { default: fallback }]) => [id, fallback]),
    );
  });
});
