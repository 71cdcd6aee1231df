"""How AWS answers a key that something is the matter with. No emulator here: facts of the key and of the call in, a code and a sentence out.

Facts of a key: {"throttled": true, "denied": "permission" | "organisation" | "boundary", "home_region_off": true}.
"""

import re

# Enabled in every account, whatever else is.
FIRST_REGION = "us-east-1"
READING = re.compile(r"iam:(Get|List|Simulate)")


def refuse(facts, action, service, region, arn, resource):
    """The code and the message with which AWS refuses `action` (`iam:GetRole`), or None."""
    if facts.get("throttled") and service in ("sts", "iam"):
        return "Throttling", "Rate exceeded"
    # A region that is not enabled knows no key. IAM is the same in all regions.
    if facts.get("home_region_off") and service != "iam" and region != FIRST_REGION:
        return "UnrecognizedClientException", "The security token included in the request is invalid."
    denied = facts.get("denied")
    if denied and service == "iam" and not (denied == "boundary" and READING.match(action)):
        because = {
            "permission": f"because no identity-based policy allows the {action} action",
            "organisation": "with an explicit deny in a service control policy",
            # One that lets everything be looked at.
            "boundary": "with an explicit deny in a permissions boundary",
        }[denied]
        return "AccessDenied", f"User: {arn} is not authorized to perform: {action} on resource: {resource} {because}"
    return None
