import logging
from html import escape

from chalice import Chalice, Response

app = Chalice(app_name='myapp')
app.log.setLevel(logging.DEBUG)


@app.route('/')
def index() -> dict[str, str]:
    return {'hello': 'world'}


@app.route('/users/{name}', methods=['GET'])
def show_user(name: str) -> Response:
    log_request()
    return Response(
        body=f'<h1> Your name is {escape(name)}.</h1>',
        status_code=200,
        headers={'Content-Type': 'text/html; charset=utf-8'},
    )


@app.route('/users', methods=['POST'])
def add_user() -> Response:
    log_request()
    return Response(
        body=app.current_request.json_body,
        status_code=200,
        headers={'Content-Type': 'application/json; charset=utf-8'},
    )


def log_request() -> None:
    request = app.current_request
    app.log.debug(request.method)
    app.log.debug(request.to_dict())
