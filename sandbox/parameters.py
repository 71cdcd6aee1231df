"""What the emulator's Parameter Store lacks: a path counts as the resource that is asked for, so that a policy can name it."""

from ministack.core import iam_actions

RELIES_ON = {
    iam_actions: [
        "extract_resource_arn(service,method,path,headers,body,query_params,region,account_id)",
        "_action_from_target(headers)",
        "_safe_json_field(body,field)",
    ],
}


def install():
    stock_extract = iam_actions.extract_resource_arn

    def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
        if service == "ssm" and iam_actions._action_from_target(headers) == "GetParametersByPath":
            # stock: "*", so that only a policy for all resources allows it
            wanted = iam_actions._safe_json_field(body, "Path")
            if isinstance(wanted, str) and wanted.startswith("/"):
                return f"arn:aws:ssm:{region}:{account_id}:parameter{wanted}"
        return stock_extract(service, method, path, headers, body, query_params, region, account_id)

    iam_actions.extract_resource_arn = extract_resource_arn
