"""Who may call the emulator: keys that were handed in, and those that its IAM and STS issue. No others.

A key that is handed in: {"key": ID, "secret": …, "account": …, "user": NAME,
"token": … (makes it temporary), "expires_in": seconds (may be negative), "restricted": see restrictions.py,
"clock_seconds": by how much its requests are taken to come from a clock that is ahead, and what answers.py knows}.
Without "restricted" it is an administrator's.
"""

import datetime
import re
import sys
import time

from answers import refuse
from ministack.core import iam_evaluator, sigv4
from ministack.services import sts
from restrictions import is_refused

RELIES_ON = {
    iam_evaluator: [
        "is_root_access_key(access_key_id)",
        "AuthError",
        "_served_unsigned(service,iam_action)",
        "enforce(access_key_id,iam_action,service,region,resource_arn,service_context)",
        "check_credentials(access_key_id,service)",
    ],
    sigv4: ["request_time_failure(signature,now)"],
    sts: [
        "is_root_access_key(access_key_id)",
        "_evict_expired_sessions()",
        "_sessions",
        "register_session(access_key,session)",
    ],
}
# What AWS answers in these services without a signature, where the method or the function wants none.
ANONYMOUS = ("execute-api:Invoke", "lambda:InvokeFunctionUrl")
# A bucket, or something in it: whether everybody may, its policy says.
IN_BUCKET = re.compile(r"arn:aws:s3:::([^*/]+)(/|$)")
READS_BUCKET = re.compile(r"s3:(Get|List)")


def install():
    # Stock ministack takes three kinds of key for the owner of everything and does not look at their signatures: the
    # configured one, "test" and any 12 digits. None of them exists here. A request without any key stays the owner's, for
    # what AWS serves unsigned (Cognito's sign-up); enforce() refuses all others.
    iam_evaluator.is_root_access_key = sts.is_root_access_key = lambda access_key_id: not access_key_id
    # Expired sessions are kept, so that they answer ExpiredToken rather than "unknown key".
    sts._evict_expired_sessions = lambda: None
    stock_enforce, stock_time_failure = iam_evaluator.enforce, sigv4.request_time_failure
    stock_check = iam_evaluator.check_credentials

    def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if not access_key_id and not may_be_anonymous(service, iam_action, resource_arn):
            return missing_key(service)
        result = stock_enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        if isinstance(result, iam_evaluator.AuthError):
            return result
        session = sts._sessions.get(access_key_id) or {}
        refused = refuse(session.get("Facts") or {}, iam_action, service, region, session.get("Arn"), resource_arn)
        if refused:
            return iam_evaluator.AuthError(*refused)
        kind = restriction_of(session)
        if kind and is_refused(kind, iam_action, resource_arn):
            return iam_evaluator.AuthError("InvalidClientTokenId", "The security token included in the request is invalid")
        return result

    def check_credentials(access_key_id, service=None):
        # Stock lets those without a key do what it has no action for: to invoke a function by its older API, or to delete a layer.
        return stock_check(access_key_id, service) if access_key_id else missing_key(service)

    def request_time_failure(signature, *, now=None):
        facts = (sts._sessions.get(signature.access_key_id) or {}).get("Facts") or {}
        now = now or datetime.datetime.now(datetime.timezone.utc)
        # AWS's clock is behind by as much as the caller's is ahead.
        return stock_time_failure(signature, now=now - datetime.timedelta(seconds=facts.get("clock_seconds", 0)))

    iam_evaluator.enforce, sigv4.request_time_failure = enforce, request_time_failure
    iam_evaluator.check_credentials = check_credentials


def may_be_anonymous(service, iam_action, resource_arn):
    """Whether AWS looks further at a request without a key. Buckets are made, and listed, by those whose account is known."""
    if service == "s3":
        bucket = IN_BUCKET.match(resource_arn)
        # Stock takes some requests that set something for a bucket that is not there as ones that make it.
        return bool(bucket) and iam_action != "s3:CreateBucket" and (has_bucket(bucket[1]) or bool(READS_BUCKET.match(iam_action)))
    return iam_action in ANONYMOUS or iam_evaluator._served_unsigned(service, iam_action)


def has_bucket(name):
    s3 = sys.modules.get("ministack.services.s3")
    return bool(s3) and any(key[-1] == name for key in s3._buckets._data)


def missing_key(service):
    if service == "s3":
        return iam_evaluator.AuthError("AccessDenied", "Access Denied")
    return iam_evaluator.AuthError("MissingAuthenticationToken", "Request is missing Authentication Token")


def restriction_of(session):
    """Sessions that the learner gets from STS itself (GetSessionToken) are restricted as AWS does without MFA; assumed roles are not."""
    if session.get("Restricted") is not None:
        return session["Restricted"]
    return "session" if session.get("SessionToken") and ":assumed-role/" not in session["Arn"] else ""


def seed(key):
    session = {
        "Arn": f"arn:aws:iam::{key['account']}:user/{key['user']}",
        "UserId": "AIDA" + key["key"][4:],
        "SecretAccessKey": key["secret"],
        "SessionToken": key.get("token"),
        "AccountId": key["account"],
        "PrincipalType": "Root",
        "PrincipalName": key["user"],
        "Restricted": key.get("restricted", ""),
        "Facts": {name: key[name] for name in ("throttled", "denied", "home_region_off", "clock_seconds") if name in key},
    }
    if "expires_in" in key:
        session["Expiration"] = time.time() + key["expires_in"]
    sts.register_session(key["key"], session)
