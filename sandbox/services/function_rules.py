"""What Lambda refuses of a function that is made or changed, and the emulator takes."""

import base64
import json
import re

from ministack.services import iam, lambda_svc, s3

RELIES_ON = {
    lambda_svc: ["_create_function(data)", "_update_code(name,data)", "_update_config(name,data)", "error_response_json"],
    s3: ["_buckets", "_get_object_data"],
    iam: ["_roles"],
}
# Both as of 2026-11, from https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html and from the refusals.
RUNTIMES = (
    "nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, "
    "ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2"
)
RETIRED = (
    "python2.7 python3.6 python3.7 nodejs nodejs4.3 nodejs6.10 nodejs8.10 nodejs10.x nodejs12.x nodejs14.x java8 go1.x provided ruby2.5 ruby2.7 "
    "dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1"
).split()
NAME = (
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)"
    r"(:(\$LATEST|[a-zA-Z0-9-_]+))?"
)
ROLE = r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+"
ZIPPED_LIMIT = 52_428_800
LIMITS = {"Timeout": (1, 900), "MemorySize": (128, 10_240)}
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
RESERVED = (
    "_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_MEMORY_SIZE "
    "AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY "
    "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR"
).split()


def install():
    stock_create, stock_code, stock_config = lambda_svc._create_function, lambda_svc._update_code, lambda_svc._update_config

    def create_function(data):
        problem = refuse_name(data.get("FunctionName")) or refuse_settings(data) or refuse_code(data.get("Code") or {})
        return problem or refuse_role(data.get("Role")) or stock_create(data)

    def update_code(name, data):
        return refuse_code(data) or stock_code(name, data)

    def update_config(name, data):
        return refuse_settings(data) or ("Role" in data and refuse_role(data["Role"])) or stock_config(name, data)

    lambda_svc._create_function, lambda_svc._update_code, lambda_svc._update_config = create_function, update_code, update_config


def invalid(message):
    return lambda_svc.error_response_json("InvalidParameterValueException", message, 400)


def violates(field, value, rule, code="ValidationException"):
    message = f"1 validation error detected: Value '{value}' at '{field}' failed to satisfy constraint: Member must {rule}"
    return lambda_svc.error_response_json(code, message, 400)


def refuse_name(name):
    if not name:
        return None
    if not re.fullmatch(NAME, name):
        return violates("functionName", name, f"satisfy regular expression pattern: {NAME}")
    if ":" not in name and len(name) > 64:
        return violates("functionName", name, "have length less than or equal to 64", "InvalidParameterValueException")
    return None


def refuse_settings(data):
    for field, (least, most) in LIMITS.items():
        value = data.get(field)
        if isinstance(value, int) and value > most:
            return violates(field[0].lower() + field[1:], value, f"have value less than or equal to {most}")
        if isinstance(value, int) and value < least:
            return violates(field[0].lower() + field[1:], value, f"have value greater than or equal to {least}")
    runtime = data.get("Runtime")
    if runtime in RETIRED:
        return invalid(
            f"The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda functions. "
            "We recommend you use a supported runtime while creating or updating functions."
        )
    if runtime and runtime not in RUNTIMES.split(", "):
        return invalid(
            f"Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [{RUNTIMES}] or be a valid ARN"
        )
    reserved = [name for name in (data.get("Environment") or {}).get("Variables") or {} if name in RESERVED]
    if reserved:
        return invalid(
            "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys "
            f"that are currently not supported for modification. Reserved keys used in this request: {', '.join(reserved)}"
        )
    return None


def refuse_code(code):
    if code.get("ZipFile") and len(code["ZipFile"]) * 3 // 4 > ZIPPED_LIMIT and len(base64.b64decode(code["ZipFile"])) > ZIPPED_LIMIT:
        message = f"Zipped size must be smaller than {ZIPPED_LIMIT} bytes"
        return lambda_svc.error_response_json("RequestEntityTooLargeException", message, 413)
    bucket, key = code.get("S3Bucket"), code.get("S3Key")
    if bucket and bucket not in s3._buckets:
        return invalid(fetch_error("NoSuchBucket", "The specified bucket does not exist"))
    if bucket and key and s3._get_object_data(bucket, key, version_id=code.get("S3ObjectVersion")) is None:
        return invalid(fetch_error("NoSuchKey", "The specified key does not exist."))
    return None


def fetch_error(code, message):
    return f"Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}"


def refuse_role(arn):
    if not arn:
        return None
    if not re.fullmatch(ROLE, arn):
        return violates("role", arn, f"satisfy regular expression pattern: {ROLE}")
    role = iam._roles.get(arn.rpartition("/")[2])
    if not role or not trusts_lambda(role["AssumeRolePolicyDocument"]):
        return invalid("The role defined for the function cannot be assumed by Lambda.")
    return None


def trusts_lambda(document):
    policy = json.loads(document) if isinstance(document, str) else document
    statements = policy.get("Statement") or []
    for statement in [statements] if isinstance(statements, dict) else statements:
        principal = statement.get("Principal")
        services = principal.get("Service") if isinstance(principal, dict) else principal
        if statement.get("Effect") == "Allow" and (services == "*" or "lambda.amazonaws.com" in (services or ())):
            return True
    return False
