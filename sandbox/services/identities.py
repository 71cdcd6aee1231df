"""What IAM refuses: a trust policy that cannot be read, a managed policy that is not one. And whom GetUser without a name means."""

import json
from contextvars import ContextVar

from ministack.core import iam_evaluator
from ministack.services import iam

RELIES_ON = {
    iam: [
        "_IAM_HANDLERS",
        "handle_request(method,path,headers,body,query_params)",
        "_trust_policy_not_principal_error(doc)",
        "_error(status,code,message,ns)",
        "_xml(status,root_tag,inner,ns)",
        "_is_aws_managed_arn(arn)",
        "_policies",
        "_users",
        "_p(params,key,default)",
        "_now()",
    ],
    iam_evaluator: ["request_caller_arn(headers,query_params)"],
}
_caller = ContextVar("caller", default="")


def install():
    stock_handle, stock_trust = iam.handle_request, iam._trust_policy_not_principal_error

    async def handle_request(method, path, headers, body, query_params):
        _caller.set(iam_evaluator.request_caller_arn(headers, query_params))
        return await stock_handle(method, path, headers, body, query_params)

    iam.handle_request = handle_request
    iam._trust_policy_not_principal_error = lambda document: find_mistake(document) or stock_trust(document)
    for action in ("AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy"):
        iam._IAM_HANDLERS[action] = attach_what_exists(iam._IAM_HANDLERS[action])
    iam._IAM_HANDLERS["GetUser"] = get_caller(iam._IAM_HANDLERS["GetUser"])


def find_mistake(document):
    """Why IAM cannot take a trust policy, or None."""
    try:
        policy = json.loads(document) if isinstance(document, str) else document
    except ValueError:
        return "This policy contains invalid Json"
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    for statement in [statements] if isinstance(statements, dict) else statements or ():
        if isinstance(statement, dict) and ("Resource" in statement or "NotResource" in statement):
            return "Has prohibited field Resource"
    return None


def attach_what_exists(stock_attach):
    def attach(parameters):
        arn = iam._p(parameters, "PolicyArn")
        if not arn.startswith("arn:"):
            return iam._error(400, "ValidationError", "Invalid ARN:  Could not be parsed!", ns="iam")
        # Of AWS's own policies the emulator knows the usual ones only: any name may be one.
        if not iam._is_aws_managed_arn(arn) and arn not in iam._policies:
            return iam._error(404, "NoSuchEntity", f"Policy {arn} does not exist or is not attachable.", ns="iam")
        return stock_attach(parameters)

    return attach


def get_caller(stock_get):
    """The user whose key it is; also one whose key the sandbox was given, and who is in no list of its IAM."""

    def get(parameters):
        name = _caller.get().rpartition(":user/")[2].rpartition("/")[2]
        if iam._p(parameters, "UserName") or not name:
            return stock_get(parameters)
        if name in iam._users:
            return stock_get({**parameters, "UserName": [name]})
        user = (
            f"<Path>/</Path><UserName>{name}</UserName><UserId>AIDA{name.upper():X<17.17}</UserId>"
            f"<Arn>{_caller.get()}</Arn><CreateDate>{iam._now()}</CreateDate>"
        )
        return iam._xml(200, "GetUserResponse", f"<GetUserResult><User>{user}</User></GetUserResult>", ns="iam")

    return get
