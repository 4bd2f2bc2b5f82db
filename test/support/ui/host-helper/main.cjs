// @ts-check
const { createServer } = require('node:http');
const vscode = require('vscode');

/**
 * Answers `POST /` with what the posted function body returns: it runs in the extension host, with `vscode`.
 *
 * @param {vscode.ExtensionContext} context
 */
exports.activate = (context) => {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => {
      Promise.resolve()
        .then(() => new Function('vscode', `return (async () => {${body}\n})()`)(vscode))
        .then(
          (value) => response.end(JSON.stringify({ value })),
          (error) => response.end(JSON.stringify({ error: String(error?.stack ?? error) })),
        );
    });
  });
  const listen = () => server.listen(Number(process.env.HOST_HELPER_PORT), '127.0.0.1');
  // After a reload the extension host before may still be there for a moment.
  server.on('error', () => setTimeout(listen, 200));
  listen();
  context.subscriptions.push({
    dispose() {
      server.closeAllConnections();
      server.close();
    },
  });
};
