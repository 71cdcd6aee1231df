"""What is known of the photos, in DynamoDB. Each belongs to a person, and is found with that person's id only."""

import secrets
import time

from boto3.dynamodb.conditions import Attr, Key

from chalicelib.aws import table

TABLE = 'cloudalbum-photos'
NEWEST_FIRST = False


def new_id() -> int:
    """Grows with the time, so that photos are in the order in which they came."""
    return time.time_ns() // 1_000_000 * 1000 + secrets.randbelow(1000)


def add(photo: dict) -> None:
    table(TABLE).put_item(Item={**photo, 'words': _words(photo)})


def get(user_id: str, photo_id: int) -> dict | None:
    return table(TABLE).get_item(Key={'user_id': user_id, 'id': photo_id}).get('Item')


def list_all(user_id: str) -> list[dict]:
    return _query(KeyConditionExpression=Key('user_id').eq(user_id))


def search(user_id: str, text: str) -> list[dict]:
    """Photos with this text in their title or description, whatever its case."""
    return _query(
        KeyConditionExpression=Key('user_id').eq(user_id),
        FilterExpression=Attr('words').contains(text.lower()),
    )


def change(user_id: str, photo_id: int, title: str, description: str) -> None:
    table(TABLE).update_item(
        Key={'user_id': user_id, 'id': photo_id},
        UpdateExpression='SET title = :title, description = :description, words = :words',
        ConditionExpression='attribute_exists(id)',
        ExpressionAttributeValues={
            ':title': title,
            ':description': description,
            ':words': _words({'title': title, 'description': description}),
        },
    )


def remove(user_id: str, photo_id: int) -> None:
    table(TABLE).delete_item(Key={'user_id': user_id, 'id': photo_id})


def _words(photo: dict) -> str:
    return f'{photo["title"]} {photo["description"]}'.lower()


def _query(**conditions) -> list[dict]:
    """All pages of an answer: DynamoDB gives at most 1 MB at once."""
    found, start = [], {}
    while True:
        page = table(TABLE).query(ScanIndexForward=NEWEST_FIRST, **conditions, **start)
        found += page['Items']
        if 'LastEvaluatedKey' not in page:
            return found
        start = {'ExclusiveStartKey': page['LastEvaluatedKey']}
