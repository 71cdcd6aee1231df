"""Loads an OpenAPI (Swagger 2) document into the emulator's API Gateway, with everything that Chalice's documents carry."""

import json

from ministack.services import apigateway_v1 as v1

# In the order in which they are used below.
RELIES_ON = {
    v1: [
        "_rest_apis",
        "_resources",
        "_authorizers_v1",
        "_models",
        "_create_model(api_id,data)",
        "_import_security_schemes(api_id,spec)",
        "_import_path_item(api_id,path,path_item,scheme_map,default_security)",
        "_import_operation(api_id,resource_id,http_method,operation,scheme_map,default_security)",
        "_method_security(security,scheme_map)",
        "_put_method(api_id,resource_id,http_method,data)",
        "_put_method_response(api_id,resource_id,http_method,status_code,data)",
        "_put_integration(api_id,resource_id,http_method,data)",
        "_put_integration_response(api_id,resource_id,http_method,status_code,data)",
    ],
}
PLACES = {"path": "path", "query": "querystring", "header": "header"}


def load_document(api_id, document, mode):
    """Puts the document's resources and methods into the API. `overwrite` drops what was there but keeps id, stages and root."""
    set_facts(v1._rest_apis[api_id], document)
    if mode == "overwrite":
        root = next(resource for resource in v1._resources[api_id].values() if resource["path"] == "/")
        root["resourceMethods"] = {}
        v1._resources[api_id] = {root["id"]: root}
        v1._authorizers_v1[api_id] = {}
        v1._models[api_id] = {}
    for name, schema in (document.get("definitions") or {}).items():
        if name not in v1._models.setdefault(api_id, {}):
            v1._create_model(api_id, {"name": name, "contentType": "application/json", "schema": json.dumps(schema)})
    schemes = v1._import_security_schemes(api_id, document)
    for path, item in (document.get("paths") or {}).items():
        v1._import_path_item(api_id, path, item, schemes, document.get("security"))


def set_facts(api, document):
    info = document.get("info") or {}
    for field, key in (("name", "title"), ("version", "version"), ("description", "description")):
        api[field] = str(info.get(key) or api[field])
    if "x-amazon-apigateway-binary-media-types" in document:
        api["binaryMediaTypes"] = document["x-amazon-apigateway-binary-media-types"]
    if "x-amazon-apigateway-minimum-compression-size" in document:
        api["minimumCompressionSize"] = document["x-amazon-apigateway-minimum-compression-size"]
    if "x-amazon-apigateway-policy" in document:
        api["policy"] = json.dumps(document["x-amazon-apigateway-policy"])


def import_operation(api_id, resource_id, http_method, operation, scheme_map=None, default_security=None):
    """One method of the document. Stock takes only the integration's type, method and address."""
    operation = operation or {}
    method = {
        **v1._method_security(operation.get("security", default_security), scheme_map or {}),
        "requestParameters": read_parameters(operation),
        "operationName": operation.get("operationId", ""),
    }
    v1._put_method(api_id, resource_id, http_method, method)
    for code, response in (operation.get("responses") or {}).items():
        v1._put_method_response(api_id, resource_id, http_method, str(code), read_response(response or {}))
    integration = operation.get("x-amazon-apigateway-integration")
    if integration:
        import_integration(api_id, resource_id, http_method, integration)


def read_parameters(operation):
    return {
        f"method.request.{PLACES[each['in']]}.{each['name']}": bool(each.get("required"))
        for each in operation.get("parameters") or []
        if each.get("in") in PLACES and each.get("name")
    }


def read_response(response):
    model = ((response.get("schema") or {}).get("$ref") or "").rpartition("/")[2]
    return {
        "responseParameters": {f"method.response.header.{name}": False for name in response.get("headers") or {}},
        "responseModels": {"application/json": model} if model else {},
    }


def import_integration(api_id, resource_id, http_method, integration):
    data = {name: value for name, value in integration.items() if name != "responses"}
    data["type"] = str(integration.get("type", "")).upper()
    data["passthroughBehavior"] = str(integration.get("passthroughBehavior", "when_no_match")).upper()
    v1._put_integration(api_id, resource_id, http_method, data)
    for pattern, response in (integration.get("responses") or {}).items():
        status = str(response.get("statusCode", "200"))
        selection = "" if pattern == "default" else pattern
        v1._put_integration_response(api_id, resource_id, http_method, status, {**response, "selectionPattern": selection})
