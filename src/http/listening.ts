import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Begins to listen. @param port 0 picks a free one @returns the port */
export function beginListening(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops listening and breaks every connection. */
export function endListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
