"""Asks IAM what the policy allows: what the album does, and what it must not do."""

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
# The album asks AWS over TLS only, which a policy may want.
TLS = {'ContextKeyName': 'aws:SecureTransport', 'ContextKeyType': 'boolean', 'ContextKeyValues': ['true']}


def see(actions, resource, may):
    answer = client('iam').simulate_custom_policy(PolicyInputList=[policy], ActionNames=actions, ResourceArns=[resource], ContextEntries=[TLS])
    for result in answer['EvaluationResults']:
        action, decision = result['EvalActionName'], result['EvalDecision']
        if (decision == 'allowed') == may:
            continue
        if decision == 'allowed':
            advice = 'Name fewer actions, or fewer resources: no statement of the lab has a * as its action.'
        elif decision == 'explicitDeny':
            advice = 'A statement with "Effect": "Deny" forbids it, and counts before all that is allowed. Write Allow there, or forbid less.'
        else:
            advice = f'Add {action} to the statement for it, or look at its Resource: below photos/ it ends with /photos/*, for instance.'
        fail(f'{action} on {resource}: {"allowed" if may else "not allowed"}', decision, advice)


for questions, may in ((ALLOWED, True), (FORBIDDEN, False)):
    for actions, resource in questions:
        see(actions, resource, may)
