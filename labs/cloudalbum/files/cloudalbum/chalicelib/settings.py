"""Settings in the Parameter Store, below /cloudalbum/: read when the first one is needed, and again after a minute."""

import time

from chalicelib.aws import client

PATH = '/cloudalbum/'
SECONDS_TO_KEEP = 60

_kept: dict[str, str] = {}
_read_at = float('-inf')


def get(name: str) -> str:
    global _kept, _read_at
    if time.monotonic() - _read_at > SECONDS_TO_KEEP:
        _kept, _read_at = _read_all(), time.monotonic()
    if name not in _kept:
        raise LookupError(f'The parameter {PATH}{name} is missing: put it with `aws ssm put-parameter`')
    return _kept[name]


def _read_all() -> dict[str, str]:
    pages = client('ssm').get_paginator('get_parameters_by_path').paginate(Path=PATH, WithDecryption=True)
    return {each['Name'].removeprefix(PATH): each['Value'] for page in pages for each in page['Parameters']}
