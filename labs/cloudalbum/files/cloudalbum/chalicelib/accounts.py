"""Signing up, in and out, with the user pool."""

from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.aws import client
from chalicelib.refusal import Refusal

# What people can do something about. Everything else is a mistake in the app or its settings.
SENTENCES = {
    'UsernameExistsException': 'There is an account with this e-mail address already. Sign in instead.',
    'InvalidPasswordException': 'This password is too weak. Take eight characters or more, with letters and digits.',
    'CodeMismatchException': 'That is not the code. Look at the last mail you got.',
    'ExpiredCodeException': 'The code is too old. Sign up again to get another one.',
    'UserNotConfirmedException': 'This account is not confirmed yet. Type in the code from your mail first.',
    'NotAuthorizedException': 'E-mail address or password are not right.',
    'UserNotFoundException': 'E-mail address or password are not right.',
    'InvalidParameterException': 'Something in the form is missing or not right.',
    'TooManyRequestsException': 'Too many tries. Wait a minute.',
    'LimitExceededException': 'Too many tries. Wait a minute.',
}


def sign_up(email: str, name: str, password: str) -> None:
    attributes = [{'Name': 'email', 'Value': email}, {'Name': 'name', 'Value': name}]
    _ask('sign_up', Username=email, Password=password, UserAttributes=attributes)


def confirm(email: str, code: str) -> None:
    _ask('confirm_sign_up', Username=email, ConfirmationCode=code)


def sign_in(email: str, password: str) -> tuple[str, int]:
    """An access token, and for how many seconds it counts."""
    parameters = {'USERNAME': email, 'PASSWORD': password}
    result = _ask('initiate_auth', AuthFlow='USER_PASSWORD_AUTH', AuthParameters=parameters)['AuthenticationResult']
    return result['AccessToken'], result['ExpiresIn']


def read_name(token: str) -> str:
    attributes = client('cognito-idp').get_user(AccessToken=token)['UserAttributes']
    return next((each['Value'] for each in attributes if each['Name'] == 'name'), '')


def sign_out(token: str) -> None:
    """Ends all sessions of this person. One that has ended by itself is no error."""
    try:
        client('cognito-idp').global_sign_out(AccessToken=token)
    except ClientError as error:
        if error.response['Error']['Code'] != 'NotAuthorizedException':
            raise


def _ask(operation: str, **parameters):
    try:
        return getattr(client('cognito-idp'), operation)(ClientId=settings.get('COGNITO_CLIENT_ID'), **parameters)
    except ClientError as error:
        sentence = SENTENCES.get(error.response['Error']['Code'])
        if sentence is None:
            raise
        raise Refusal(400, sentence) from error
