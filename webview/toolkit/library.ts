import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeLink,
  vsCodeTag,
} from '@vscode/webview-ui-toolkit';

// A script of its own: it brings the elements that widgets.ts made to life.
provideVSCodeDesignSystem().register(vsCodeBadge(), vsCodeButton(), vsCodeLink(), vsCodeTag());

// It takes VS Code's colours over when the page has loaded, and by now that is past.
if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
