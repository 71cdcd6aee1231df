/** AWS access keys, as they are handed from one part to another. Only ever in memory. */
export interface AwsKeys {
  accessKeyId: string;
  secretAccessKey: string;
  /** Present for temporary keys. */
  sessionToken?: string;
  /** ISO 8601 in UTC, where it is known. */
  expires?: string;
}
