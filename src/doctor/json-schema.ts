/** The shape of what `doctor --json` writes. Its keys are promises: new ones may come, none goes or changes its meaning. Described in docs/json.md. */
import * as z from 'zod';

const fix = z.union([
  z.string(),
  z.strictObject({ debian: z.string().optional(), amazonLinux: z.string().optional(), macos: z.string().optional() }),
]);

const finding = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(['ok', 'warning', 'missing']),
  found: z.string().optional(),
  why: z.string().optional(),
  fix: fix.optional(),
});

export const doctorSchema = z.strictObject({
  labwalk: z.string(),
  lab: z.string().optional(),
  ok: z.boolean(),
  findings: z.array(finding),
});
export type DoctorJson = z.infer<typeof doctorSchema>;
