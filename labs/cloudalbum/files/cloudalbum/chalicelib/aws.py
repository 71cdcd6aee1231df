"""Clients of AWS: made when they are first needed, then kept for all requests that this process answers."""

from functools import cache

import boto3
from botocore.config import Config


@cache
def client(service: str):
    # Links to S3 are signed for the bucket's own region.
    config = Config(signature_version='s3v4', s3={'addressing_style': 'virtual'}) if service == 's3' else None
    return boto3.client(service, config=config)


@cache
def table(name: str):
    return boto3.resource('dynamodb').Table(name)
