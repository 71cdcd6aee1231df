"""Templates that CloudFormation refuses before it makes anything: references to nothing, resources without a type, text that is no YAML or JSON."""

import json
import re
import sys

from ministack.core import iam_evaluator

RELIES_ON = {iam_evaluator: ["enforce(access_key_id,iam_action,service,region,resource_arn,service_context)"]}
VARIABLE = re.compile(r"\$\{(?!!)\s*([^}\s]+)\s*\}")
# Modules that have the name, each for itself.
USERS = ("handlers", "changesets", "stacks", "engine")


def install():
    stock_enforce = iam_evaluator.enforce

    def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if service == "cloudformation":
            check_templates()
        return stock_enforce(access_key_id, iam_action, service, region, resource_arn, service_context)

    iam_evaluator.enforce = enforce


def check_templates():
    """At the first request for CloudFormation: it takes long to import."""
    from ministack.services.cloudformation import engine, handlers  # noqa: F401

    stock_parse = engine._parse_template
    if getattr(stock_parse, "checks", False):
        return

    def parse_template(body):
        try:
            template = stock_parse(body)
        except json.JSONDecodeError as error:
            raise ValueError(f"JSON not well-formed. (line {error.lineno}, column {error.colno})") from error
        except Exception as error:
            mark = getattr(error, "problem_mark", None)
            if mark is None:
                raise
            raise ValueError(f"YAML not well-formed. (line {mark.line + 1}, column {mark.column + 1})") from error
        mistake = find_mistake(template)
        if mistake:
            raise ValueError(mistake)
        return template

    parse_template.checks = True
    for name in USERS:
        module = sys.modules.get(f"ministack.services.cloudformation.{name}")
        if getattr(module, "_parse_template", None) is stock_parse:
            module._parse_template = parse_template


def find_mistake(template):
    """The sentence about it, or None. A transform may bring what is missing: only templates without one are judged."""
    resources = template.get("Resources") if isinstance(template, dict) else None
    if not isinstance(resources, dict) or template.get("Transform"):
        return None
    for name, resource in resources.items():
        if not isinstance(resource, dict):
            return "Any Resources member must be an object."
        if not resource.get("Type"):
            return f"[/Resources/{name}] Every Resources object must contain a Type member."
    known = {*resources, *(template.get("Parameters") or {})}
    for block in ("Resources", "Outputs"):
        missing = sorted({name for name in references(template.get(block) or {}) if name not in known and not name.startswith("AWS::")})
        if missing:
            return f"Unresolved resource dependencies [{', '.join(missing)}] in the {block} block of the template"
    return None


def references(node):
    """The names to which a part of a template refers, by Ref, GetAtt, Sub or DependsOn."""
    if isinstance(node, list):
        for each in node:
            yield from references(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref" and isinstance(value, str) and len(node) == 1:
                yield value
            elif key == "Fn::GetAtt" and len(node) == 1:
                yield from (str(part).split(".")[0] for part in ([value] if isinstance(value, str) else value[:1]))
            elif key == "Fn::Sub" and len(node) == 1:
                text, own = (value, {}) if isinstance(value, str) else (value[0], value[1])
                yield from (name.split(".")[0] for name in VARIABLE.findall(text) if name not in own)
                yield from references(own)
            elif key == "DependsOn" and "Type" in node:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from references(value)
