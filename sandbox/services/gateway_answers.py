"""What API Gateway makes of a function and its answer: broken handlers are hidden by the emulator, and those that it may not call are called.

Stock passes on any answer and any error's text, as a success where it can.
"""

from ministack.core import iam_evaluator
from ministack.core.arn import execute_api_arn
from ministack.services import apigateway_v1 as v1
from ministack.services import lambda_svc

RELIES_ON = {
    v1: [
        "_lambda_proxy_response(result)",
        "_invoke_lambda_proxy_v1",
        "_invoke_lambda_custom_v1",
        "_build_lambda_event_v1",
        "_gw_error(response_type,message)",
        "_extract_lambda_ref_from_integration_uri(uri)",
        "_delete_resource(api_id,resource_id)",
        "_create_rest_api(data)",
    ],
    lambda_svc: ["_get_base_func_record_for_ref(function_ref)"],
    iam_evaluator: ["EvalContext", "evaluate_resource_policy(doc,ctx,service,named_only,direct_only)"],
}
ERROR = "Internal server error"
SERVICE = "apigateway.amazonaws.com"
KNOWN_KEYS = {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
IDENTITY = (
    "cognitoIdentityPoolId accountId cognitoIdentityId caller sourceIp principalOrgId accessKey cognitoAuthenticationType "
    "cognitoAuthenticationProvider userArn userAgent user"
).split()


def install():
    stock_response, stock_event = v1._lambda_proxy_response, v1._build_lambda_event_v1
    stock_delete, stock_create = v1._delete_resource, v1._create_rest_api

    def lambda_proxy_response(result):
        if result.get("throttle"):
            return stock_response(result)
        answer = None if result.get("error") else read_answer(result.get("body"))
        # With an error the caller answers 502 and this message.
        return (answer, None) if answer else (None, ERROR)

    def build_lambda_event(api_id, stage_name, stage, *place, **details):
        return complete_event(stock_event(api_id, stage_name, stage, *place, **details), api_id, stage)

    def delete_resource(api_id, resource_id):
        for child in [each["id"] for each in v1._resources.get(api_id, {}).values() if each.get("parentId") == resource_id]:
            delete_resource(api_id, child)
        return stock_delete(api_id, resource_id)

    def create_rest_api(data):
        return stock_create({**data, "endpointConfiguration": data.get("endpointConfiguration") or {"types": ["EDGE"]}})

    v1._lambda_proxy_response, v1._build_lambda_event_v1 = lambda_proxy_response, build_lambda_event
    v1._delete_resource, v1._create_rest_api = delete_resource, create_rest_api
    v1._invoke_lambda_proxy_v1 = if_allowed(v1._invoke_lambda_proxy_v1)
    v1._invoke_lambda_custom_v1 = if_allowed(v1._invoke_lambda_custom_v1)


def read_answer(answer):
    """A function's answer with each part as text, or None where API Gateway calls it malformed."""
    if not isinstance(answer, dict) or not answer.keys() <= KNOWN_KEYS:
        return None
    headers, lists, body = answer.get("headers") or {}, answer.get("multiValueHeaders") or {}, answer.get("body")
    if not isinstance(headers, dict) or not isinstance(lists, dict) or isinstance(body, (dict, list)):
        return None
    if not all(isinstance(values, list) for values in lists.values()):
        return None
    try:
        # Recorded on AWS: without a status it is 200, also where nothing is there.
        status = int(answer["statusCode"]) if answer.get("statusCode") is not None else 200
    except (TypeError, ValueError):
        return None
    if not 100 <= status <= 599:
        return None
    return {
        "statusCode": status,
        "headers": {name: as_text(value) for name, value in headers.items() if value is not None},
        "multiValueHeaders": {name: [as_text(value) for value in values] for name, values in lists.items()},
        "body": "" if body is None else as_text(body),
        "isBase64Encoded": answer.get("isBase64Encoded") is True,
    }


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def complete_event(event, api_id, stage):
    """The event with what stock leaves out. REST APIs say no version."""
    event.pop("version", None)
    context, headers = event["requestContext"], {name.lower(): value for name, value in event["headers"].items()}
    context["identity"] = {**dict.fromkeys(IDENTITY), **context["identity"]}
    context.update(deploymentId=stage.get("deploymentId"), domainName=headers.get("host"), domainPrefix=api_id)
    for name, value in (("X-Forwarded-For", context["identity"]["sourceIp"]), ("X-Forwarded-Port", "443"), ("X-Forwarded-Proto", "https")):
        if name.lower() not in headers:
            event["headers"][name], event["multiValueHeaders"][name] = value, [value]
    return event


def if_allowed(stock_invoke):
    async def invoke(integration, api_id, stage_name, stage, resource, path, method, *request, owner_account_id, owner_region, **details):
        source = [
            execute_api_arn(owner_region, owner_account_id, api_id, stage_name, each, resource["path"]) for each in (method, "*")
        ]
        if integration.get("httpMethod") != "POST" or not may_call(integration, source, owner_account_id, owner_region):
            return v1._gw_error("API_CONFIGURATION_ERROR", ERROR)
        return await stock_invoke(
            integration, api_id, stage_name, stage, resource, path, method, *request,
            owner_account_id=owner_account_id, owner_region=owner_region, **details,
        )  # fmt: skip

    return invoke


def may_call(integration, sources, account, region):
    """With a role of its own the API acts as that. A function that isn't there is for stock to refuse."""
    if integration.get("credentials"):
        return True
    reference = v1._extract_lambda_ref_from_integration_uri(integration.get("uri", ""))
    function, config, _ = lambda_svc._get_base_func_record_for_ref(reference)
    if function is None:
        return True
    arn = reference if reference.startswith("arn:") else (config or function["config"])["FunctionArn"]
    return any(allows(function.get("policy"), arn, source, account, region) for source in sources)


def allows(policy, arn, source, account, region):
    keys = {"aws:sourcearn": source, "aws:sourceaccount": account}
    context = iam_evaluator.EvalContext(SERVICE, "Service", "", "lambda:InvokeFunction", arn, region, service_context=keys)
    return iam_evaluator.evaluate_resource_policy(policy, context, service=SERVICE).decision == "Allow"
