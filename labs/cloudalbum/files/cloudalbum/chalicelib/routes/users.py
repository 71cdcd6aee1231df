"""Signing up, in and out; a person's own page."""

from chalice import Blueprint

from chalicelib import accounts, tokens, web
from chalicelib.models import users
from chalicelib.refusal import Refusal

blueprint = Blueprint(__name__)

FORM = 'application/x-www-form-urlencoded'


@blueprint.route('/users/signup')
def show_sign_up():
    return web.page(blueprint.current_request, 'signup.html')


@blueprint.route('/users/signup', methods=['POST'], content_types=[FORM])
def sign_up():
    request = blueprint.current_request
    form = web.read_form(request)
    email, name = _email(form), form.get('name', '')[:100]
    if not email or not name:
        raise Refusal(400, 'Fill in your name and your e-mail address.')
    accounts.sign_up(email, name, form.get('password', ''))
    return web.page(request, 'confirm.html', email=email)


@blueprint.route('/users/confirm')
def show_confirm():
    return web.page(blueprint.current_request, 'confirm.html', email='')


@blueprint.route('/users/confirm', methods=['POST'], content_types=[FORM])
def confirm():
    request = blueprint.current_request
    form = web.read_form(request)
    accounts.confirm(_email(form), form.get('code', ''))
    return web.redirect(request, 'users/signin')


@blueprint.route('/users/signin')
def show_sign_in():
    return web.page(blueprint.current_request, 'signin.html')


@blueprint.route('/users/signin', methods=['POST'], content_types=[FORM])
def sign_in():
    request = blueprint.current_request
    form = web.read_form(request)
    email = _email(form)
    token, seconds = accounts.sign_in(email, form.get('password', ''))
    if users.find_by_email(email) is None:
        users.add(tokens.read_user_id(token), email, accounts.read_name(token))
    return web.redirect(request, '', session=token, seconds=seconds)


@blueprint.route('/users/signout', methods=['POST'], content_types=[FORM])
def sign_out():
    request = blueprint.current_request
    web.read_form(request)
    token = web.read_cookie(request, web.SESSION)
    if token:
        accounts.sign_out(token)
    return web.redirect(request, '', session='')


@blueprint.route('/users/edit')
def show_profile():
    request = blueprint.current_request
    return web.page(request, 'profile.html', user=web.signed_in(request))


@blueprint.route('/users/edit', methods=['POST'], content_types=[FORM])
def edit_profile():
    request = blueprint.current_request
    user = web.signed_in(request)
    name = web.read_form(request).get('name', '')[:100]
    if not name:
        raise Refusal(400, 'Fill in your name.')
    users.rename(user['id'], name)
    return web.redirect(request, '')


def _email(form: dict) -> str:
    return form.get('email', '').lower()
