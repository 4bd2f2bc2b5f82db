import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeLink,
  vsCodeTag,
} from '@vscode/webview-ui-toolkit';

// A script of its own: it brings the elements that widgets.ts made to life.
provideVSCodeDesignSystem().register(vsCodeBadge(), vsCodeButton(), vsCodeLink(), vsCodeTag());
