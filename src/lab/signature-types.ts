/** How a tool says that it failed, and what that means: data beside the labs, so that the program knows no framework by name. */
import type { Place } from './types.ts';

export interface Signature {
  /** Unique among those of a lab: `role-cannot-be-assumed`. */
  id: string;
  /** One of these is in what the command printed, white space made single (tools wrap their errors at 79 columns). */
  patterns: RegExp[];
  /** What happened and why. */
  what: string;
  /** What to do. */
  fix: string;
  link?: string;
  /** Credentials may be the reason: they are looked at, and what is found is told with it. */
  credentials: boolean;
  place: Place;
}
