/** Done in order, by the AWS CLI and labwalk: each goes on with what the ones before it gave. */
const ofAClass = [
  'aws ssm create-document --name labwalk-verify --document-type Command --document-format YAML --content file://recipes/ssm-run-command.yml',
  'COMMAND=$(aws ssm send-command --document-name labwalk-verify --targets Key=tag:class,Values=tuesday --parameters Labs=chalice,User=ec2-user --max-concurrency 100% --max-errors 100% --output-s3-bucket-name $BUCKET --output-s3-key-prefix verify --query Command.CommandId --output text)',
  "aws ssm list-command-invocations --command-id $COMMAND --query 'CommandInvocations[].[InstanceId,Status]' --output text",
  "aws s3 cp s3://$BUCKET/verify/$COMMAND reports --recursive --exclude '*' --include '*/stdout'",
  'labwalk report merge reports/*/awsrunShellScript/*/stdout --report text --report html=class.html',
];

/** How each command of the docs' `sh` fences is exercised: the test that does it, by its file and its name or a piece of it. */
export const shownCommands: Record<string, { by: string; test: string }> = {
  'npm start': { by: 'test/e2e/flagship.test.ts', test: 'without a command and without a terminal the flagship runs' },
  'npm test': { by: '.ci/run', test: 'npm test' },
  'npm run test:long': { by: '.ci/run', test: 'npm run test:long' },
  'npm run check': { by: 'scripts/test.mjs', test: 'What `npm run check` does' },
  'npm run bench': { by: 'test/docs/docs.test.ts', test: 'every script that a page names is in package.json' },
  'npm start -- run chalice --report junit=labwalk.xml': { by: 'test/e2e/docs.test.ts', test: 'npm start passes its arguments on' },
  'node bin/labwalk.js lint hello.md': { by: 'test/e2e/docs.test.ts', test: 'has no mistakes' },
  'node bin/labwalk.js run hello.md': { by: 'test/e2e/docs.test.ts', test: 'runs, and all its checks pass' },
  'labwalk verify chalice': { by: 'test/long/labs/chalice.test.ts', test: 'labwalk verify chalice' },
  'labwalk verify chalice --mutate --report html=chalice.html': { by: 'test/long/labs/chalice.test.ts', test: 'labwalk verify chalice' },
  'labwalk doctor --aws': { by: 'test/long/credentials/doctor-aws.test.ts', test: 'labwalk doctor --aws' },
  'labwalk doctor chalice --aws': { by: 'test/long/credentials/doctor-aws.test.ts', test: 'labwalk doctor chalice --aws' },
  ...Object.fromEntries(ofAClass.map((command) => [command, { by: 'test/e2e/recipes.test.ts', test: 'the commands of the page' }])),
};
