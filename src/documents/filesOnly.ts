import * as vscode from 'vscode';

/** A file system whose files are there or not: none is made, moved or deleted, and every change is announced. */
export abstract class FilesOnly {
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  /** What another window saved is not overwritten unasked: VS Code asks only where it has another size. */
  protected savedElsewhere(): vscode.FileSystemError {
    return vscode.FileSystemError.Unavailable(
      vscode.l10n.t(
        'It was saved in another window meanwhile. Save again to overwrite that, or revert the file to see it.',
      ),
    );
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
