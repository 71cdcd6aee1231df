"""Asks IAM what the policy allows: what the album does, and what it must not do."""

import json
import os
from pathlib import Path

from chalicelib.aws import client
from verdict import fail

policy = Path('.chalice/policy-dev.json').read_text()
bucket, other = f'arn:aws:s3:::cloudalbum-{os.environ["ALBUM_ID"]}', 'arn:aws:s3:::payroll'
table = 'arn:aws:dynamodb:ap-southeast-1:123456789012:table'
parameters = 'arn:aws:ssm:ap-southeast-1:123456789012:parameter'
log = 'arn:aws:logs:ap-southeast-1:123456789012:log-group:/aws/lambda'
ROWS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query']
FILES = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']
ALLOWED = [
    (FILES, f'{bucket}/photos/ana/1'),
    (['s3:GetObject'], f'{bucket}/static/album.css'),
    (ROWS, f'{table}/cloudalbum-users'),
    (ROWS, f'{table}/cloudalbum-photos'),
    (['dynamodb:Query'], f'{table}/cloudalbum-users/index/user-email-index'),
    (['ssm:GetParametersByPath'], f'{parameters}/cloudalbum/'),
    (['ssm:GetParametersByPath'], f'{parameters}/cloudalbum'),
    (['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], f'{log}/cloudalbum-dev:log-stream:1'),
]
FORBIDDEN = [
    (FILES, f'{other}/photos/1'),
    (['s3:PutObject', 's3:DeleteObject'], f'{bucket}/static/album.css'),
    (['s3:DeleteBucket', 's3:PutBucketPolicy', 's3:ListBucket'], bucket),
    (['s3:GetObject', 's3:PutObject'], f'{bucket}/settings'),
    ([*ROWS, 'dynamodb:DeleteTable'], f'{table}/payroll'),
    (['dynamodb:Scan', 'dynamodb:DeleteTable'], f'{table}/cloudalbum-users'),
    (['ssm:GetParametersByPath'], f'{parameters}/payroll/'),
    (['ssm:PutParameter', 'ssm:GetParameter'], f'{parameters}/cloudalbum/BASE_URL'),
    (['logs:PutLogEvents', 'logs:DeleteLogGroup'], f'{log}/payroll:log-stream:1'),
    (['iam:CreateRole', 'cognito-idp:AdminDeleteUser', 'lambda:InvokeFunction'], '*'),
]
# IAM takes no policy with a word that it does not know, or a statement that lacks one.
document = json.loads(policy)
ADVICE = 'Compare the words in quotes with those of the text, letter by letter.'
if not set(document) <= {'Version', 'Id', 'Statement'} or document.get('Version', '2012-10-17') not in ('2012-10-17', '2008-10-17'):
    fail('a policy with the keys Version (2012-10-17) and Statement', {key: document[key] for key in document if key != 'Statement'}, ADVICE)
for number, statement in enumerate(document.get('Statement', []), 1):
    if not {'Effect', 'Action', 'Resource'} <= set(statement) <= {'Sid', 'Effect', 'Action', 'Resource', 'Condition'}:
        fail(f'Effect, Action and Resource in statement {number}, and a Sid where you like', ', '.join(statement), ADVICE)

for questions, expected in ((ALLOWED, 'allowed'), (FORBIDDEN, 'implicitDeny')):
    for actions, resource in questions:
        answer = client('iam').simulate_custom_policy(PolicyInputList=[policy], ActionNames=actions, ResourceArns=[resource])
        for result in answer['EvaluationResults']:
            if result['EvalDecision'] != expected:
                action = result['EvalActionName']
                fail(
                    f'{action} on {resource}: {"allowed" if expected == "allowed" else "not allowed"}',
                    result['EvalDecision'],
                    f'Add {action} to the statement for it.' if expected == 'allowed' else 'Name fewer actions, or fewer resources: no statement of the lab has a * as its action.',
                )
