/** Writes docs/verify.schema.json, the JSON Schema of what `labwalk verify --report json` writes, from what the program itself uses. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import * as z from 'zod';
import { verifyReportSchema } from '../src/verify/report/schema.ts';

export const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'verify.schema.json');

/** The schema as it is checked in, formatted as all files here are. */
export async function schemaText(): Promise<string> {
  const schema = z.toJSONSchema(verifyReportSchema, {
    // New keys may come: who checks a report against an older schema is not to be stopped by them.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const { $schema, ...rest } = schema;
  const named = {
    $schema,
    title: 'labwalk verify',
    description: 'What `labwalk verify --report json` writes: docs/verify-json.md',
    ...rest,
  };
  return format(JSON.stringify(named), { ...(await resolveConfig(file)), filepath: file });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) fs.writeFileSync(file, await schemaText());
