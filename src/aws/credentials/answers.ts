import type { Refusal } from './refusal.ts';

/** How one call to AWS went. */
export interface AwsAnswer {
  /** As policies write it: `iam:GetRole`. */
  call: string;
  /** Where it was asked. */
  region: string;
  /** Not there where AWS answered what was to be expected. */
  refusal?: Refusal;
  account?: string;
  arn?: string;
}

/** What AWS said of keys. */
export interface Answers {
  /** STS GetCallerIdentity, which needs no permission. */
  sts: AwsAnswer;
  /** The same in us-east-1, which is enabled in every account; asked where the region may be the reason. */
  elsewhere?: AwsAnswer;
  /** What the lab's services said. */
  probes: AwsAnswer[];
}
