import assert from 'node:assert/strict';
import { formatMessage } from '../../../src/message/document';
import { EditorScene } from '../../support/ui/editorScene';
import { showFailures, type Workbench } from '../../support/ui/workbench';

/** As deep as 12 KB allow. */
const DEPTH = 6_000;
const BODY = `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"first","Deep":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}}]`;

describe('a message of 6,000 levels', function () {
  this.timeout(360_000);

  let scene: EditorScene;
  let workbench: Workbench;
  showFailures(() => workbench);

  before(async () => {
    scene = await EditorScene.start();
    ({ workbench } = scene);
  });

  after(() => scene.stop());

  it('opens in the page, is edited like any other, and keeps every token', async () => {
    const page = await scene.open(BODY, '""');
    const opened = formatMessage({ msgBody: BODY, cloudCustomData: '""' });
    await scene.documentIs(opened);
    await page.shows('first');
    await page.caretBehind('"Text": "first');
    await scene.typeAtOnce(' and', ' more');
    const edited = opened.replace('"first"', '"first and more"');
    assert.notEqual(edited, opened);
    await scene.documentIs(edited);
    await scene.keys('ControlOrMeta+KeyZ', 'ControlOrMeta+KeyZ');
    await scene.documentIs(opened);
  });
});
