"""Which calls a restricted session may not make. No emulator here: names of actions in, yes or no out."""

import re

# What AWS Cloud9's user guide ("Identity and access management for AWS Cloud9") lists for its managed temporary credentials.
CLOUD9_IAM = re.compile(
    r"iam:("
    r"List\w+"
    r"|(Attach|Detach|Put|Delete|Get)RolePolicy"
    r"|(Create|Delete|Get)(Role|Policy|PolicyVersion)"
    r"|GetUser|GetInstanceProfile|ChangePassword|CreateServiceLinkedRole|PassRole"
    r"|SetDefaultPolicyVersion|UpdateAssumeRolePolicy|UpdateRoleDescription"
    r"|(Get|Delete|Update|Upload)SSHPublicKey"
    r")"
)
ROLE_READS = ("iam:GetRole", "iam:GetRolePolicy")


def is_refused(kind, action, resource):
    """Whether a session of this kind is refused `action` (`iam:CreateRole`) on `resource` (an ARN or `*`).

    Kinds: "session" (what GetSessionToken gives without MFA), "cloud9", and "cloud9-documented".
    """
    if kind == "session":
        return is_refused_session(action)
    if action.startswith("sts:"):
        return action not in ("sts:GetCallerIdentity", "sts:DecodeAuthorizationMessage")
    if not action.startswith("iam:"):
        return False
    if not CLOUD9_IAM.fullmatch(action):
        return True
    return touches_foreign_role(kind, action, resource)


def is_refused_session(action):
    if action.startswith("sts:"):
        return action not in ("sts:GetCallerIdentity", "sts:AssumeRole")
    return action.startswith("iam:")


def touches_foreign_role(kind, action, resource):
    """Cloud9 changes roles whose names start with Cloud9- only. The guide says so of GetRole too, but people's reports
    show that reading passes and a `chalice deploy` dies at CreateRole or PutRolePolicy: "cloud9" does as the reports say."""
    role = resource.partition(":role/")[2].rpartition("/")[2]
    if not role or role.startswith("Cloud9-") or action == "iam:PassRole" or action.startswith("iam:List"):
        return False
    return not (kind == "cloud9" and action in ROLE_READS)
