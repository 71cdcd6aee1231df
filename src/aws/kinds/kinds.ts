/** The kinds of resources that labwalk can look for and delete, by the names that labs use; in the order in which they are deleted. */
import { api } from './api.ts';
import { bucket } from './bucket.ts';
import { lambdaFunction } from './function.ts';
import type { Kind } from './kind.ts';
import { logGroup } from './log-group.ts';
import { parameter } from './parameter.ts';
import { role } from './role.ts';
import { stack } from './stack.ts';
import { dynamoTable } from './table.ts';
import { userPool } from './user-pool.ts';

export const kinds: Readonly<Record<string, Kind>> = {
  // first: it takes along what it has made
  stack,
  api,
  function: lambdaFunction,
  role,
  'user-pool': userPool,
  table: dynamoTable,
  bucket,
  parameter,
  // last: a function that still runs would make it again
  'log-group': logGroup,
};
