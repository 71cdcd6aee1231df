"""What learners mix up, as data. Words that frameworks share, none of one framework alone."""

METHODS = {"GET": "POST", "POST": "GET", "PUT": "POST", "PATCH": "PUT", "DELETE": "GET", "HEAD": "GET", "OPTIONS": "GET"}

# keyword arguments
METHOD_WORDS = ("method", "methods", "http_method", "allowed_methods")
STATUS_WORDS = ("status", "status_code", "code", "statusCode")
HEADER_WORDS = ("headers", "header", "response_headers")
ROUTE_WORDS = ("path", "rule", "route", "url", "endpoint")

CONTENT_TYPES = {"text/html": "text/plain", "text/plain": "text/html", "application/json": "text/plain", "text/css": "text/plain"}

# names of the standard library, and of what follows it
NAMES = {
    "DEBUG": "INFO",
    "INFO": "DEBUG",
    "WARNING": "INFO",
    "ERROR": "WARNING",
    "debug": "info",
    "info": "debug",
    "warning": "info",
    "error": "warning",
    "load": "loads",
    "loads": "load",
    "dump": "dumps",
    "dumps": "dump",
    "append": "extend",
    "extend": "append",
    "keys": "values",
    "values": "keys",
    "lower": "upper",
    "upper": "lower",
    "startswith": "endswith",
    "endswith": "startswith",
    "min": "max",
    "max": "min",
}

COMPARISONS = {
    "Eq": (b"==", b"!="),
    "NotEq": (b"!=", b"=="),
    "Lt": (b"<", b"<="),
    "LtE": (b"<=", b"<"),
    "Gt": (b">", b">="),
    "GtE": (b">=", b">"),
    "In": (b"in", b"not in"),
    "Is": (b"is", b"is not"),
}
ARITHMETIC = {"Add": (b"+", b"-"), "Sub": (b"-", b"+"), "Mult": (b"*", b"+"), "Div": (b"/", b"*")}
