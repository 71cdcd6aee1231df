"""People are added, looked for by their e-mail addresses, and taken away again."""

import secrets

from chalicelib.aws import table
from chalicelib.models import users
from verdict import fail

mark = secrets.token_hex(6)
people = [{'id': f'{mark}-{n}', 'email': f'{name}-{mark}@example.com', 'name': name} for n, name in enumerate(('ana', 'bo'))]
try:
    for person in people:
        added = users.add(person['id'], person['email'], person['name'])
        if added != person or users.get(person['id']) != person:
            fail(f'{person}', added, 'Leave the other functions as they were.')
    for person in people:
        found = users.find_by_email(person['email'])
        if not isinstance(found, dict):
            fail(
                f'the person with the address {person["email"]}',
                found,
                'The answer of query has a list under the key Items. Return the first of it.',
            )
        if found.get('id') != person['id'] or found.get('name') != person['name']:
            fail(f'{person}', found, "Look for the address that is given: Key('email').eq(email)")
    nobody = users.find_by_email(f'nobody-{mark}@example.com')
    if nobody is not None:
        fail('None for an address that nobody has', nobody, 'Where the list is empty, return None: next(iter(found["Items"]), None)')
    users.rename(people[0]['id'], 'Ana Maria')
    renamed = users.get(people[0]['id'])
    if renamed != {**people[0], 'name': 'Ana Maria'}:
        fail(f'{people[0]["email"]} with the new name Ana Maria', renamed, 'Leave the other functions as they were.')
    if users.get(f'{mark}-nobody') is not None:
        fail('None for an id that nobody has', users.get(f'{mark}-nobody'), 'Leave the other functions as they were.')
finally:
    for person in people:
        table(users.TABLE).delete_item(Key={'id': person['id']})
