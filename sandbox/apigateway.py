"""What the emulator's API Gateway lacks for Chalice: importing an API, a public host name, and an empty compression size."""

import json
import re
import time

import openapi
from ministack import app
from ministack.core.responses import get_account_id, set_request_account_id
from ministack.services import apigateway_v1 as v1

RELIES_ON = {
    v1: [
        *openapi.RELIES_ON[v1],
        "handle_request(method,path,headers,body,query_params)",
        "_update_rest_api(api_id,data)",
        "_create_rest_api(data)",
        "_rest_api_view(api)",
        "_v1_error(code,message,status)",
        "_v1_response(data,status)",
    ],
    app: [
        "_EXECUTE_API_RE",
        "_MINISTACK_HOST",
        "_parse_execute_api_url(host,path)",
        "_handle_execute_api_request(host,path,method,headers,body,query_params,raw_path,raw_query_string)",
    ],
}


# An account may delete one API in so many seconds; 0: no limit.
quota = {"delete_every": 0}


def install():
    deleted_at = {}
    stock_handle, stock_update, stock_execute = v1.handle_request, v1._update_rest_api, app._handle_execute_api_request

    async def handle_request(method, path, headers, body, query_params):
        parts = path.strip("/").split("/")
        if method == "POST" and parts == ["restapis"] and first(query_params, "mode") == "import":
            return import_api(body, first(query_params, "endpointConfigurationTypes") or "EDGE")
        if method == "PUT" and len(parts) == 2 and parts[0] == "restapis":
            return put_api(parts[1], body, first(query_params, "mode") or "merge")
        if method == "DELETE" and len(parts) == 2 and parts[0] == "restapis" and quota["delete_every"]:
            account, now = get_account_id(), time.monotonic()
            if account in deleted_at and now - deleted_at[account] < quota["delete_every"]:
                return v1._v1_error("TooManyRequestsException", "Too Many Requests", 429)
            deleted_at[account] = now
        return await stock_handle(method, path, headers, body, query_params)

    def update_rest_api(api_id, data):
        # Chalice sends '' for "no minimum compression size".
        for operation in data.get("patchOperations", []):
            if operation.get("path") == "/minimumCompressionSize":
                operation["value"] = int(operation["value"]) if operation.get("value") else None
        return stock_update(api_id, data)

    async def execute_api(host, path, *args, **kwargs):
        # An API is reached by its id alone. Stock looks in the caller's account only, and a visitor has none.
        parsed = app._parse_execute_api_url(host, path)
        owner = parsed and find_owner(parsed[0])
        if owner:
            set_request_account_id(owner)
        return await stock_execute(host, path, *args, **kwargs)

    v1.handle_request, v1._update_rest_api, v1._import_operation = handle_request, update_rest_api, openapi.import_operation
    app._handle_execute_api_request = execute_api
    # The name that `chalice url` prints, as a Host header.
    own_host = re.escape(app._MINISTACK_HOST)
    app._EXECUTE_API_RE = re.compile(rf"^([a-f0-9]{{8}})\.execute-api\.(?:{own_host}|[a-z0-9-]+\.amazonaws\.com)(?::\d+)?$")


def first(query_params, name):
    return (query_params.get(name) or [""])[0]


def find_owner(api_id):
    return next((account for account, _region, each in dict(v1._rest_apis.all_items()) if each == api_id), None)


def read_document(body):
    try:
        document = json.loads(body)
    except ValueError:
        return None
    return document if isinstance(document, dict) and (document.get("swagger") or document.get("openapi")) else None


def import_api(body, endpoint_type):
    document = read_document(body)
    if not document:
        return v1._v1_error("BadRequestException", "Invalid OpenAPI input.", 400)
    _, _, created = v1._create_rest_api({"name": "imported", "endpointConfiguration": {"types": [endpoint_type]}})
    api_id = json.loads(created)["id"]
    openapi.load_document(api_id, document, "overwrite")
    return v1._v1_response(v1._rest_api_view(v1._rest_apis[api_id]), 201)


def put_api(api_id, body, mode):
    document = read_document(body)
    if not document:
        return v1._v1_error("BadRequestException", "Invalid OpenAPI input.", 400)
    if api_id not in v1._rest_apis:
        return v1._v1_error("NotFoundException", "Invalid API identifier specified", 404)
    openapi.load_document(api_id, document, mode)
    return v1._v1_response(v1._rest_api_view(v1._rest_apis[api_id]), 200)
