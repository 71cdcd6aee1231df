"""Asks an endpoint for every operation of some services without a key, and prints those that were done, as JSON: `["s3:CreateBucket", ...]`.

Arguments: the endpoint, a name that is put wherever a request wants a text, and the services. What AWS itself serves unsigned is left out.
"""

import json
import sys

import botocore.config
import botocore.exceptions
import botocore.session
from botocore import UNSIGNED, xform_name

ENDPOINT, NAME, *SERVICES = sys.argv[1:]
SETTINGS = botocore.config.Config(
    signature_version=UNSIGNED,
    parameter_validation=False,
    inject_host_prefix=False,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
)
OF_TYPE = {"list": [], "map": {}, "integer": 1, "long": 1, "float": 1.0, "double": 1.0, "boolean": False, "timestamp": 0, "blob": b"x"}


def value_for(shape, depth=0):
    """What a request needs at least."""
    if shape.type_name == "structure":
        return {} if depth > 4 else {name: value_for(shape.members[name], depth + 1) for name in shape.required_members}
    if shape.type_name == "list" and depth < 4:
        return [value_for(shape.member, depth + 1)]
    return OF_TYPE.get(shape.type_name, (getattr(shape, "enum", None) or [NAME])[0])


def is_unsigned(operation):
    return operation.auth_type == "none" or "smithy.api#noAuth" in (operation.auth or [])


def was_done(client, name, operation):
    try:
        getattr(client, xform_name(name))(**(value_for(operation.input_shape) if operation.input_shape else {}))
        return True
    except (botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError):
        return False


def main():
    session = botocore.session.get_session()
    done = []
    for service in SERVICES:
        client = session.create_client(service, region_name="ap-southeast-1", endpoint_url=ENDPOINT, config=SETTINGS)
        model = client.meta.service_model
        for name in model.operation_names:
            operation = model.operation_model(name)
            if not is_unsigned(operation) and was_done(client, name, operation):
                done.append(f"{service}:{name}")
    print(json.dumps(done))


main()
