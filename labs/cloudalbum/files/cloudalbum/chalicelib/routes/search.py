"""Looking for photos."""

from chalice import Blueprint

blueprint = Blueprint(__name__)

# You write the route /photos/search in the step "Add the search".
