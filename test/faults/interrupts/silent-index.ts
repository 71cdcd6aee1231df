import net from 'node:net';
import { once } from 'node:events';

/** A package index that takes every connection and never says a word, as behind some firewalls. */
export async function makeSilentIndex() {
  const connections = new Set<net.Socket>();
  let asked = 0;
  const server = net.createServer((connection) => {
    connections.add(connection);
    connection.on('error', () => connection.destroy());
    connection.once('data', () => asked++);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    /** For pip: this index alone, whatever the machine's settings say. */
    env: { PIP_INDEX_URL: `http://127.0.0.1:${port}/simple`, PIP_CONFIG_FILE: '/dev/null', NO_PROXY: '127.0.0.1' },
    /** How often it has been asked. */
    asked: () => asked,
    close() {
      for (const connection of connections) connection.destroy();
      server.close();
    },
  };
}
