"""A patch of the sandbox that is in the copy that scripts/frameworks.ts measures with: writes down what permissions are asked for, and when."""

import time
from pathlib import Path

from ministack.core import iam_evaluator

RELIES_ON = {iam_evaluator: ["enforce(access_key_id,iam_action,service,region,resource_arn,service_context)"]}
FILE = Path(__file__).with_name("permissions.log")


def install():
    enforce = iam_evaluator.enforce

    def noted(access_key_id, iam_action, *more, **named):
        with FILE.open("a") as file:
            file.write(f"{time.time() * 1000:.0f} {iam_action}\n")
        return enforce(access_key_id, iam_action, *more, **named)

    iam_evaluator.enforce = noted
