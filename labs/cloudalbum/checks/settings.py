"""The app's own settings, and whether what they name is there."""

import os

from chalicelib import settings
from chalicelib.aws import client
from verdict import fail

album_id = os.environ['ALBUM_ID']
if settings.get('S3_PHOTO_BUCKET') != f'cloudalbum-{album_id}':
    fail(f'the bucket cloudalbum-{album_id}', settings.get('S3_PHOTO_BUCKET'), f'put S3_PHOTO_BUCKET cloudalbum-{album_id}')
pool = client('cognito-idp').describe_user_pool(UserPoolId=settings.get('COGNITO_POOL_ID'))['UserPool']
if pool['Name'] != f'cloudalbum-{album_id}':
    fail(f'the pool cloudalbum-{album_id}', pool['Name'], 'put COGNITO_POOL_ID $POOL_ID')
client('cognito-idp').describe_user_pool_client(UserPoolId=pool['Id'], ClientId=settings.get('COGNITO_CLIENT_ID'))
for name in ('THUMBNAIL_WIDTH', 'THUMBNAIL_HEIGHT'):
    if not settings.get(name).isdigit():
        fail(f'a number as {name}', settings.get(name), f'put {name} 300')
for name in ('GMAPS_KEY', 'BASE_URL'):
    settings.get(name)
