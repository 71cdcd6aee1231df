"""What Parameter Store, CloudWatch Logs and S3 say, word for word: people search for it, and programs compare it."""

import re

from ministack.services import cloudwatch_logs, s3, ssm

RELIES_ON = {
    ssm: ["error_response_json", "_put_parameter(data)"],
    cloudwatch_logs: ["error_response_json"],
    s3: ["_build_object_record(body,headers,etag,checksums)", "_create_multipart_upload(bucket_name,key,headers)"],
}
# Stock adds the name.
LOGS_TEXT = re.compile(r"(The specified log (?:group|stream) (does not exist|already exists)).*", re.DOTALL)
CONTENT_TYPE = {"content-type": "binary/octet-stream"}
NOT_QUALIFIED = "Parameter name must be a fully qualified name."


def install():
    for module, text in ((ssm, text_of_parameters), (cloudwatch_logs, text_of_logs)):
        module.error_response_json = with_text(module.error_response_json, text)
    stock_put, stock_record, stock_multipart = ssm._put_parameter, s3._build_object_record, s3._create_multipart_upload

    def put_parameter(data):
        name = data.get("Name") or ""
        # a path begins at the root; an ARN has slashes too
        if "/" in name and not name.startswith(("/", "arn:")):
            return ssm.error_response_json("ValidationException", NOT_QUALIFIED, 400)
        return stock_put(data)

    ssm._put_parameter = put_parameter
    s3._build_object_record = lambda body, headers, **more: stock_record(body, {**CONTENT_TYPE, **headers}, **more)
    s3._create_multipart_upload = lambda bucket_name, key, headers: stock_multipart(bucket_name, key, {**CONTENT_TYPE, **headers})


def with_text(stock, text):
    return lambda code, message, *more, **named: stock(code, text(code, message), *more, **named)


def text_of_parameters(code, message):
    return "" if code == "ParameterNotFound" else message


def text_of_logs(code, message):
    found = LOGS_TEXT.fullmatch(message)
    if not found:
        return message
    # AWS ends only the first of these sentences with a full stop.
    return found[1] + ("." if found[2] == "does not exist" else "")
