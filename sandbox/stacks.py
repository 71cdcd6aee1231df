"""CloudFormation works as its caller: who may not make a role gets no stack with one. Stock ministack asks nobody."""

import contextvars
import functools

from ministack.core import iam_actions, iam_evaluator, responses
from ministack.core.iam_actions import identity_denial_message
from ministack.core.responses import get_account_id

RELIES_ON = {
    iam_actions: ["identity_denial_message"],
    responses: ["get_account_id()"],
    iam_evaluator: [
        "AuthError",
        "enforce(access_key_id,iam_action,service,region,resource_arn,service_context)",
    ],
}
ROLE = "AWS::IAM::Role"
# What stands for the whole of it: the first call of each that is refused ends it.
ACTIONS = {"create": "iam:CreateRole", "update": "iam:PutRolePolicy", "delete": "iam:DeleteRole"}
# Key and region. Work on a stack goes on after its request has been answered, in a copy of the request's context.
caller = contextvars.ContextVar("caller", default=None)


def install():
    stock_enforce = iam_evaluator.enforce

    def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if service == "cloudformation":
            guard_roles(stock_enforce)
            caller.set((access_key_id, region))
        return stock_enforce(access_key_id, iam_action, service, region, resource_arn, service_context)

    iam_evaluator.enforce = enforce


@functools.cache
def guard_roles(enforce):
    """Once, at the first request for CloudFormation: its provisioners take as long to import as all the rest."""
    from ministack.services.cloudformation import provisioners

    handlers = provisioners._RESOURCE_HANDLERS[ROLE]
    for name, action in ACTIONS.items():
        handlers[name] = ask_first(handlers[name], action, enforce)


def ask_first(provision, action, enforce):
    def provision_if_allowed(name, *more):
        key, region = caller.get() or (None, None)
        if key:
            role = f"arn:aws:iam::{get_account_id()}:role/{name}"
            refused = enforce(key, action, "iam", region, role)
            if refused:
                raise ValueError(
                    f'Resource handler returned message: "{reason(refused, action, role)} (Service: Iam, Status Code: 403)" '
                    "(HandlerErrorCode: InvalidRequest)"
                )
        return provision(name, *more)

    return provision_if_allowed


def reason(refused, action, role):
    if isinstance(refused, iam_evaluator.AuthError):
        return refused.message
    return identity_denial_message(action, refused.principal_arn, role, refused.decision == "Deny")
