"""What the emulator's Lambda needs so that a deploy is quick and accounts keep apart."""

from ministack.core.responses import get_account_id, get_region
from ministack.services import lambda_svc

RELIES_ON = {
    lambda_svc: ["_LAMBDA_STATE_TRANSITION_DELAY", "invalidate_worker(func_name,qualifier,account,region)"],
}


def install():
    # Stock functions are Pending for 0.5 s. The AWS SDKs look at once and then every 5 s: without it a deploy is 5 s quicker.
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0.0
    stock_invalidate = lambda_svc.invalidate_worker

    def invalidate_worker(func_name, qualifier=None, account=None, region=None):
        # Stock UpdateFunctionConfiguration names no account, and so ends the workers of every account's function of that name.
        return stock_invalidate(func_name, qualifier, account or get_account_id(), region or get_region())

    lambda_svc.invalidate_worker = invalidate_worker
