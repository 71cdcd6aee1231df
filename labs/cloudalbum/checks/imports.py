"""The whole app is imported, as Lambda does it when the first request comes."""

import app

assert app.app.routes
