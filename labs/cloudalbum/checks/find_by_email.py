"""People are added, looked for by their e-mail addresses, and taken away again."""

import secrets

from chalicelib.aws import table
from chalicelib.models import users
from requests_made import watch
from verdict import fail

ADVICE = {
    'Scan': 'scan reads the whole table, and you pay for each row: query asks the index for one address. And the policy of the album does not allow scan.'
}
OTHER = 'The policy of the album, which you write in a later step, allows query by the index, and nothing else here.'
mark = secrets.token_hex(6)
people = [{'id': f'{mark}-{n}', 'email': f'{name}-{mark}@example.com', 'name': name} for n, name in enumerate(('ana', 'bo'))]
try:
    for person in people:
        added = users.add(person['id'], person['email'], person['name'])
        if added != person or users.get(person['id']) != person:
            fail(f'{person}', added, 'Leave the other functions as they were.')
    for person in people:
        with watch() as made:
            found = users.find_by_email(person['email'])
        for operation, values, line in made:
            if operation == 'GetItem':  # by the id that the index has told
                continue
            if operation != 'Query':
                fail('one query by the index', f'{operation} in {line}', ADVICE.get(operation, OTHER))
            if values.get('IndexName') != 'user-email-index':
                fail('a query by the index user-email-index', f'a query without it in {line}', "Name the index: IndexName='user-email-index'")
        if not made:
            fail('one query by the index', 'DynamoDB was not asked at all', "Ask the table: table(TABLE).query(…)")
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
