"""Finds AWS credentials and region as every tool on botocore does (Chalice, the AWS CLI), in the environment that it is started with.

One JSON object on stdout, a pipe: the keys are handed on in memory. They are on no command line and in no file.
"""

import json
import os
import sys

CLOUD9_HEADER = "# Do not modify this file"
SERVICES = ("sts", "iam", "lambda", "apigateway")


def main():
    # What a provider prints (or a helper program of the person's) must not get between.
    answers = os.dup(1)
    os.dup2(2, 1)
    found = {}
    try:
        look(found)
    except Exception as error:  # whatever stops Chalice is what we are here to tell
        found["problem"] = describe(error)
    with os.fdopen(answers, "w") as pipe:
        json.dump(found, pipe)


def look(found):
    import botocore.session

    session = botocore.session.Session()
    found["profile"] = session.get_config_variable("profile")
    found["profiles"] = session.available_profiles
    found["cloud9_file"] = has_cloud9_header(session)
    scoped = session.get_scoped_config()  # raises ProfileNotFound
    found["sso"] = "sso_session" in scoped or "sso_start_url" in scoped
    found["region"] = session.get_config_variable("region")
    found["endpoints"] = configured_endpoints(session, scoped)
    credentials = session.get_credentials()
    if credentials is None:
        return
    found["source"] = credentials.method
    frozen = credentials.get_frozen_credentials()
    expires = getattr(credentials, "_expiry_time", None)
    found["keys"] = {"id": frozen.access_key, "secret": frozen.secret_key, "token": frozen.token}
    found["expires"] = expires.isoformat() if expires else None


def has_cloud9_header(session):
    try:
        with open(os.path.expanduser(session.get_config_variable("credentials_file"))) as file:
            return file.readline().startswith(CLOUD9_HEADER)
    except (OSError, UnicodeDecodeError):
        return False


def configured_endpoints(session, scoped):
    """Addresses other than AWS's own that the environment or the profile sends these services to."""
    from botocore.configprovider import ConfiguredEndpointProvider

    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return {}
    urls = {name: ConfiguredEndpointProvider(session.full_config, scoped, name).provide() for name in SERVICES}
    return {name: url for name, url in urls.items() if url}


def describe(error):
    problem = {"kind": type(error).__name__, "message": str(error)}
    # a call to AWS on the way to the keys: AssumeRole, GetRoleCredentials
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        problem.update(code=response.get("Error", {}).get("Code"), operation=getattr(error, "operation_name", None))
    return problem


if __name__ == "__main__":
    sys.exit(main())
