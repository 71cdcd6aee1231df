import type { S3Client } from '@aws-sdk/client-s3';
import type { Resource } from '../../engine/context/cloud.ts';
import type { ClientSettings } from '../credentials/client-settings.ts';
import { ifThere, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-s3');

/** The sandbox answers at one address for all buckets, so there the bucket's name stands in the path. */
const open = async (settings: ClientSettings): Promise<S3Client> =>
  new (await load()).S3Client({ ...settings, forcePathStyle: settings.endpoint !== undefined });

/** Buckets of S3. A name is one bucket's in all of AWS, and the time that S3 tells changes with the bucket's policy: the name is the id. */
export const bucket: Kind = {
  plural: 'buckets',
  async list(settings) {
    const { paginateListBuckets } = await load();
    const client = await open(settings);
    const buckets: Resource[] = [];
    for await (const page of paginateListBuckets({ client }, {}))
      buckets.push(...pick(page.Buckets, ({ Name }) => (Name ? { id: Name, name: Name } : undefined)));
    return buckets;
  },
  async delete(settings, { name }) {
    const { DeleteBucketCommand } = await load();
    const client = await open(settings);
    await ifThere(() => emptyBucket(client, name));
    await ifThere(() => client.send(new DeleteBucketCommand({ Bucket: name })));
  },
  byHand: ({ name }) => `aws s3 rb s3://${name} --force`,
};

/** Deletes all objects, with the older versions of them and the marks of deleted ones where the bucket keeps those. */
async function emptyBucket(client: S3Client, Bucket: string): Promise<void> {
  const { DeleteObjectsCommand, ListObjectVersionsCommand } = await load();
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    const [first] = Errors;
    if (first) throw Object.assign(new Error(first.Message ?? `${first.Key} was not deleted`), { name: first.Code ?? 'Unknown' });
  }
}
