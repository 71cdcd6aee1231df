import json


def index(event, context):
    return answer('application/json', json.dumps({'hello': 'world'}))


def answer(content_type, body):
    return {
        'statusCode': 200,
        'headers': {'Content-Type': content_type},
        'body': body,
    }
