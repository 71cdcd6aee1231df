"""What the conditions of a policy see of a request: that it came over TLS, and what the policy simulator is told of it."""

from contextvars import ContextVar

from ministack.core import iam_evaluator
from ministack.services import iam

RELIES_ON = {
    iam_evaluator: ["_resolve_condition_key(key,ctx)"],
    iam: ["_IAM_HANDLERS", "_simulate_custom_policy(p)", "_simulate_principal_policy(p)", "_p(params,key,default)"],
}
SIMULATIONS = ("SimulateCustomPolicy", "SimulatePrincipalPolicy")

# The keys of the request that is simulated, in small letters; nothing where a real one is judged.
_simulated = ContextVar("simulated", default=None)


def install():
    stock_resolve = iam_evaluator._resolve_condition_key

    def resolve_condition_key(key, context):
        name, simulated = key.lower(), _simulated.get()
        if simulated is not None and name in simulated:
            return simulated[name]
        if name == "aws:securetransport":
            # Stock says "false" to all: it hears HTTP only, behind labwalk's proxy. To whoever asks, the address was https. The simulator
            # knows of no request but what it is told.
            return "true" if simulated is None else None
        return stock_resolve(key, context)

    iam_evaluator._resolve_condition_key = resolve_condition_key
    for name in SIMULATIONS:
        iam._IAM_HANDLERS[name] = with_context(iam._IAM_HANDLERS[name])


def with_context(simulate):
    def simulate_with_context(parameters):
        token = _simulated.set(read_entries(parameters))
        try:
            return simulate(parameters)
        finally:
            _simulated.reset(token)

    return simulate_with_context


def read_entries(parameters):
    """ContextEntries as the Query API writes them: `ContextEntries.member.1.ContextKeyName`, and its values below."""
    entries = {}
    number = 1
    while name := iam._p(parameters, f"ContextEntries.member.{number}.ContextKeyName"):
        values, at = [], 1
        while value := iam._p(parameters, f"ContextEntries.member.{number}.ContextKeyValues.member.{at}"):
            values.append(value)
            at += 1
        entries[name.lower()] = values[0] if len(values) == 1 else values
        number += 1
    return entries
