"""Files in S3. Nothing in the bucket is public: who may see a file gets a link that counts for an hour."""

from chalicelib import settings
from chalicelib.aws import client

SECONDS = 3600


def put(key: str, data: bytes, content_type: str) -> None:
    client('s3').put_object(Bucket=_bucket(), Key=key, Body=data, ContentType=content_type)


def remove(*keys: str) -> None:
    for key in keys:
        client('s3').delete_object(Bucket=_bucket(), Key=key)


def link(key: str) -> str:
    return client('s3').generate_presigned_url('get_object', Params={'Bucket': _bucket(), 'Key': key}, ExpiresIn=SECONDS)


def _bucket() -> str:
    return settings.get('S3_PHOTO_BUCKET')
