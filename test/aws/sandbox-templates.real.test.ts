/** Templates that CloudFormation refuses, before it makes anything. */
import {
  CloudFormationClient,
  CreateStackCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsFor } from '../support/sandbox-functions.ts';
import { startOwnSandbox, type OwnSandbox } from '../support/sandbox.ts';

let own: OwnSandbox;
let client: CloudFormationClient;
beforeAll(async () => {
  own = await startOwnSandbox();
  client = new CloudFormationClient(settingsFor(own));
});
afterAll(() => own.close());

const group = (more: string) => `Resources:\n  Group:\n    Type: AWS::Logs::LogGroup\n${more}`;
const unresolved = (name: string, block = 'Resources') =>
  `Template format error: Unresolved resource dependencies [${name}] in the ${block} block of the template`;

test.each([
  [group('    Properties: { LogGroupName: !Ref Nothing }\n'), unresolved('Nothing')],
  [group('    Properties: { LogGroupName: !GetAtt Nothing.Arn }\n'), unresolved('Nothing')],
  [group('    Properties: { LogGroupName: !Sub "a-${Nothing.Arn}-${AWS::Region}" }\n'), unresolved('Nothing')],
  [group('    DependsOn: Nothing\n'), unresolved('Nothing')],
  [group('Outputs:\n  Name: { Value: !Ref Nothing }\n'), unresolved('Nothing', 'Outputs')],
  [
    'Resources:\n  Group: { Properties: {} }\n',
    'Template format error: [/Resources/Group] Every Resources object must contain a Type member.',
  ],
  ['Resources:\n  Group: a text\n', 'Template format error: Any Resources member must be an object.'],
  ['Resources:\n  Group: [\n', expect.stringMatching(/^Template format error: YAML not well-formed\. \(line \d+, column \d+\)$/) as string],
  ['{"Resources": {,}}', 'Template format error: JSON not well-formed. (line 1, column 16)'],
])('a stack of %j is refused', async (TemplateBody, message) => {
  const refused = { name: 'ValidationError', message };
  await expect(client.send(new CreateStackCommand({ StackName: 'broken', TemplateBody }))).rejects.toMatchObject(refused);
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody }))).rejects.toMatchObject(refused);
});

test('references to what is there are taken, in a first and in a changed template', async () => {
  const TemplateBody = `Parameters: { Stage: { Type: String, Default: dev } }
${group(`    Properties: { LogGroupName: !Sub ["/\${Stage}/\${Own}/\${!kept}/\${AWS::Region}", { Own: !Ref AWS::StackName }] }
  Stream:
    Type: AWS::Logs::LogStream
    DependsOn: [Group]
    Properties: { LogGroupName: !Ref Group }
Outputs:
  Arn: { Value: !GetAtt Group.Arn }
`)}`;
  await client.send(new CreateStackCommand({ StackName: 'whole', TemplateBody }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: 'whole' });
  const broken = TemplateBody.replace('!Ref Group }', '!Ref Grup }');
  await expect(client.send(new UpdateStackCommand({ StackName: 'whole', TemplateBody: broken }))).rejects.toMatchObject({
    message: unresolved('Grup'),
  });
});
