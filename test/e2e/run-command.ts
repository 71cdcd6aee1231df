/**
 * Stands for AWS Systems Manager Run Command, and for the bucket that it puts outputs into, in front of the real AWS CLI: it does a document's script
 * on "instances", which are this machine.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { execa } from 'execa';
import { parse } from 'yaml';

/** What of a Command document is used here. */
export interface SsmDocument {
  schemaVersion: string;
  parameters: Record<string, { type: string; default: string; allowedPattern: string }>;
  mainSteps: { name: string; action: string; inputs: { timeoutSeconds: string; runCommand: string[] } }[];
}

interface Sent {
  DocumentName: string;
  Parameters: Record<string, string[]>;
  OutputS3BucketName: string;
  OutputS3KeyPrefix: string;
  Targets: unknown;
  MaxErrors: string;
}

export interface RunCommand {
  /** To be named as AWS_ENDPOINT_URL. */
  address: string;
  /** What was sent, in order. */
  sent: Sent[];
  close(): Promise<void>;
}

const command = '0123abcd-0123-4abc-8def-0123456789ab';

/** @param options ids of instances, and the environment of a shell on them */
export async function openRunCommand({ instances, env }: { instances: string[]; env: Record<string, string> }): Promise<RunCommand> {
  const documents = new Map<string, SsmDocument>();
  /** What is in S3: `bucket/key`. */
  const objects = new Map<string, string>();
  const sent: Sent[] = [];
  let done: Promise<{ InstanceId: string; Status: string }[]> = Promise.resolve([]);

  const calls: Record<string, (input: never) => unknown> = {
    CreateDocument({ Name, Content, DocumentFormat, DocumentType }: Record<string, string>) {
      if (DocumentFormat !== 'YAML' || DocumentType !== 'Command') return undefined;
      documents.set(Name ?? '', parse(Content ?? '') as SsmDocument);
      return { DocumentDescription: { Name, Status: 'Creating' } };
    },
    SendCommand(input: Sent) {
      const document = documents.get(input.DocumentName);
      if (!document) return undefined;
      sent.push(input);
      done = Promise.all(instances.map((instance) => doOn(instance, document, input)));
      return { Command: { CommandId: command, Status: 'Pending' } };
    },
    // the real one would say InProgress until then
    ListCommandInvocations: async ({ CommandId }: Record<string, string>) =>
      CommandId === command ? { CommandInvocations: await done } : undefined,
  };

  async function doOn(instance: string, document: SsmDocument, input: Sent): Promise<{ InstanceId: string; Status: string }> {
    const values = new Map(Object.entries(document.parameters).map(([name, parameter]) => [name, parameter.default]));
    for (const [name, [value = '']] of Object.entries(input.Parameters)) {
      if (!new RegExp(document.parameters[name]?.allowedPattern ?? '^$').test(value)) return { InstanceId: instance, Status: 'Invalid' };
      values.set(name, value);
    }
    let status = 'Success';
    for (const { name, inputs } of document.mainSteps) {
      const script = inputs.runCommand.join('\n').replaceAll(/\{\{ (\w+) \}\}/g, (_, key: string) => values.get(key) ?? '');
      const ended = await execa('sh', ['-c', script], { env, extendEnv: false, reject: false, stdin: 'ignore' });
      if (ended.exitCode !== 0) status = 'Failed';
      const at = [input.OutputS3BucketName, input.OutputS3KeyPrefix, command, instance, 'awsrunShellScript', name].join('/');
      for (const stream of ['stdout', 'stderr'] as const) if (ended[stream] !== '') objects.set(`${at}/${stream}`, ended[stream]);
    }
    return { InstanceId: instance, Status: status };
  }

  /** ListObjectsV2 and GetObject, with the bucket in the path. */
  function askBucket(url: URL): { status: number; type: string; body: string } {
    const object = objects.get(decodeURIComponent(url.pathname.slice(1)));
    if (object !== undefined) return { status: 200, type: 'binary/octet-stream', body: object };
    if (url.searchParams.get('list-type') !== '2') return { status: 404, type: 'application/xml', body: '' };
    const bucket = url.pathname.split('/')[1] ?? '';
    const listed = [...objects]
      .map(([name, text]) => ({ key: name.slice(bucket.length + 1), size: Buffer.byteLength(text), isHere: name.startsWith(`${bucket}/`) }))
      .filter(({ key, isHere }) => isHere && key.startsWith(url.searchParams.get('prefix') ?? ''))
      .map(
        ({ key, size }) => `<Contents><Key>${key}</Key><Size>${size}</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>`,
      );
    const body = `<ListBucketResult><Name>${bucket}</Name><IsTruncated>false</IsTruncated>${listed.join('')}</ListBucketResult>`;
    return { status: 200, type: 'application/xml', body };
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = String(request.headers['x-amz-target'] ?? '').replace('AmazonSSM.', '');
      void (async () => {
        if (call === '') {
          const { status, type, body } = askBucket(new URL(request.url ?? '/', 'http://s3'));
          response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
          return;
        }
        const answer = await calls[call]?.(JSON.parse(Buffer.concat(chunks).toString()) as never);
        const body = JSON.stringify(answer ?? { __type: 'ValidationException', message: `not understood: ${call}` });
        response.writeHead(answer ? 200 : 400, { 'Content-Type': 'application/x-amz-json-1.1' }).end(body);
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    async close() {
      await done;
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
