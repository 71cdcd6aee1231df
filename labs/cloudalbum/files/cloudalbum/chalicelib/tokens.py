"""Who somebody is: the token that Cognito has signed, checked with the public keys of the user pool."""

from functools import cache

import jwt

from chalicelib import settings
from chalicelib.aws import client


@cache
def _keys(pool: str) -> jwt.PyJWKClient:
    # It fetches the keys once and keeps them.
    return jwt.PyJWKClient(f'{client("cognito-idp").meta.endpoint_url}/{pool}/.well-known/jwks.json')


def read_user_id(token: str) -> str | None:
    """The id of the user that an access token is for; None where it is forged, expired, or for something else."""
    pool = settings.get('COGNITO_POOL_ID')
    region = pool.partition('_')[0]
    try:
        claims = jwt.decode(
            token,
            _keys(pool).get_signing_key_from_jwt(token).key,
            algorithms=['RS256'],
            issuer=f'https://cognito-idp.{region}.amazonaws.com/{pool}',
            options={'require': ['exp', 'iss', 'sub']},
        )
    except jwt.PyJWKClientConnectionError:
        raise
    except jwt.PyJWTError:
        return None
    is_ours = claims.get('token_use') == 'access' and claims.get('client_id') == settings.get('COGNITO_CLIENT_ID')
    return claims['sub'] if is_ours else None
