/** A step that labs get for a measurement: what stands in the account, and the app once more after a change. */
import type { Framework } from './frameworks.ts';

/** Where the step puts what it finds: folder in the workspace. */
export const folder = 'measured';

/** What is asked, by the name of the file that the answer goes to. */
const questions: Record<string, string> = {
  functions: "lambda list-functions --query 'Functions[].{name: FunctionName, bytes: CodeSize}'",
  roles: "iam list-roles --query 'Roles[].RoleName'",
  apis: "apigateway get-rest-apis --query 'items[].name'",
  buckets: "s3api list-buckets --query 'Buckets[].Name'",
  stacks: "cloudformation list-stacks --query 'StackSummaries[].StackName'",
  'log-groups': "logs describe-log-groups --query 'logGroups[].logGroupName'",
  rules: "events list-rules --query 'Rules[].Name'",
};

/** The heading in each of these labs before which the app is still there. */
const lastTask = /^## Leave nothing behind$/m;

/** The lab's text with the step. Throws where it has no place for it. */
export function addMeasuringStep(text: string, framework: Framework): string {
  if (!lastTask.test(text)) throw new Error(`The lab ${framework.lab} has no heading "Leave nothing behind".`);
  return text.replace(lastTask, (heading) => `${measuringStep(framework)}\n${heading}`);
}

function measuringStep({ project, app, redeploy }: Framework): string {
  const to = `"$LABWALK_WORKSPACE"/${folder}`;
  const asks = Object.entries(questions).map(([name, words]) => `aws ${words} --output json > ${to}/${name}.json`);
  return `### Measure
<!-- labwalk: id=measure -->

\`\`\`sh run timeout=15m
mkdir ${to} ${to}/policies
cp -R . ${to}/${project}
${asks.join('\n')}
for role in $(aws iam list-roles --query 'Roles[].RoleName' --output text); do
  for policy in $(aws iam list-role-policies --role-name $role --query PolicyNames --output text); do
    aws iam get-role-policy --role-name $role --policy-name $policy --query PolicyDocument.Statement > ${to}/policies/$role.$policy.json
  done
done
printf '\\n\\nversion = 2\\n' >> ${app}
${redeploy}
\`\`\`

\`\`\`yaml check
- status: 0
\`\`\`
`;
}
