"""What is in the emulator's accounts, by the names that labs use, whoever made it and however."""

import sys

# Kind: module of the service, its store, the key of a record that has the name (else the name is what the store knows it by).
STORES = {
    "role": ("iam", "_roles", None),
    "user": ("iam", "_users", None),
    "policy": ("iam", "_policies", "PolicyName"),
    "function": ("lambda_svc", "_functions", None),
    "layer": ("lambda_svc", "_layers", None),
    "api": ("apigateway_v1", "_rest_apis", "name"),
    "http-api": ("apigateway", "_apis", "name"),
    "log-group": ("cloudwatch_logs", "_log_groups", None),
    "bucket": ("s3", "_buckets", None),
    "table": ("dynamodb", "_tables", None),
    "parameter": ("ssm", "_parameters", None),
    "user-pool": ("cognito", "_user_pools", "Name"),
    "queue": ("sqs", "_queues", "name"),
    "topic": ("sns", "_topics", None),
    "stack": ("cloudformation", "_stacks", None),
    "secret": ("secretsmanager", "_secrets", None),
    "rule": ("eventbridge", "_rules", None),
    "key": ("kms", "_keys", None),
}


def find():
    """Pairs of kind and name, in order. A service that nobody has called is not loaded, and has nothing."""
    found = []
    for kind, (service, store, name_key) in STORES.items():
        module = sys.modules.get(f"ministack.services.{service}")
        for key, record in getattr(module, store)._data.items() if module else ():
            if not is_deleted(record):
                found.append([kind, name_of(key, record, name_key)])
    return sorted(found)


def is_deleted(record):
    """CloudFormation knows a stack by its id for a while after it is gone."""
    return isinstance(record, dict) and record.get("StackStatus") == "DELETE_COMPLETE"


def name_of(key, record, name_key):
    if name_key and isinstance(record, dict) and record.get(name_key):
        return str(record[name_key])
    # stores are scoped: (account, region, name)
    last = key[-1] if isinstance(key, tuple) else key
    # a topic is known by its ARN, a rule by its bus and name
    return str(last).rpartition(":")[2].rpartition("|")[2]
