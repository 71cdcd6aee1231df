/** Ways to write the album's four pieces, right and wrong. What IAM's grammar says of a policy, test/labs-checks has in full. */
import { change, readSolution, type Program, type WrongProgram } from './program.ts';

const USERS = 'chalicelib/models/users.py';
const THUMBNAILS = 'chalicelib/thumbnails.py';
const SEARCH = 'chalicelib/routes/search.py';
const POLICY = '.chalice/policy-dev.json';
const solution = (step: string, file: string) => readSolution('cloudalbum', step, `cloudalbum/${file}`);

const users = solution('find-by-email', USERS);
/** The model of the people with another look-up. */
const find = (name: string, body: string): Program => ({
  name,
  step: 'find-by-email',
  files: {
    [USERS]: `${users.slice(0, users.indexOf('def find_by_email'))}def find_by_email(email):\n    index = table(TABLE)\n${body.replace(/^/gm, '    ')}\n`,
  },
});
const QUERY = "index.query(IndexName='user-email-index', KeyConditionExpression=Key('email').eq(email))";

const thumbnails = solution('thumbnail', THUMBNAILS);
const shrink = (name: string, part: string, other: string): Program => ({
  name,
  step: 'thumbnail',
  files: { [THUMBNAILS]: change(thumbnails, part, other) },
});

const route = solution('search-route', SEARCH);
const search = (name: string, part: string, other: string): Program => ({
  name,
  step: 'search-route',
  files: { [SEARCH]: change(route, part, other) },
});
const TEXT = "text = (request.query_params or {}).get('q', '').strip()";

interface Policy {
  Statement: Record<string, unknown>[];
}
const allow = (name: string, write: (last: Record<string, unknown>, policy: Policy) => unknown): Program => {
  const policy = JSON.parse(solution('policy', POLICY)) as Policy;
  write(policy.Statement.at(-1)!, policy);
  return { name, step: 'policy', files: { [POLICY]: JSON.stringify(policy, null, 4) } };
};

export const right: Program[] = [
  find('a loop that returns', `for one in ${QUERY}['Items']:\n    return one\nreturn None`),
  find('an error that is caught', `try:\n    return ${QUERY}['Items'][0]\nexcept IndexError:\n    return None`),
  find(
    'the count, and one row at most',
    `answer = ${QUERY.slice(0, -1)}, Limit=1)\nreturn answer['Items'][0] if answer['Count'] else None`,
  ),
  find(
    'a condition in words',
    "answer = index.query(IndexName='user-email-index', KeyConditionExpression='email = :it', ExpressionAttributeValues={':it': email})\nreturn (answer['Items'] or [None])[0]",
  ),
  find('the person by the id that the index has told', `for one in ${QUERY}['Items']:\n    return get(one['id'])`),
  shrink(
    'contain, where the photo is larger',
    'image.thumbnail((width, height))',
    'image = image if image.width <= width and image.height <= height else ImageOps.contain(image, (width, height))',
  ),
  shrink('a list for the size', '(width, height))', '[width, height], Image.Resampling.BICUBIC)'),
  shrink(
    'colours first',
    "image.convert('RGB').save(file, 'JPEG', quality=85)",
    "image = image.convert('RGB')\n    image.save(file, format='JPEG', optimize=True)",
  ),
  shrink('read from the start', 'return file.getvalue()', 'file.seek(0)\n    return file.read()'),
  search(
    'an early return',
    TEXT,
    "text = ((request.query_params or {}).get('q') or '').strip()\n    if not text:\n        return web.page(request, 'album.html', user=user, photos=[], text='')",
  ),
  search(
    'map, and parameters by name',
    "[show(photo) for photo in photos.search(user['id'], text)]",
    "list(map(show, photos.search(text=text, user_id=user['id'])))",
  ),
  search('its method named', "'/photos/search')", "'/photos/search', methods=['GET'])"),
  allow('nothing without TLS', (_last, policy) =>
    policy.Statement.push({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ),
  allow('allowed with TLS', (last) => (last['Condition'] = { Bool: { 'aws:SecureTransport': 'true' } })),
  allow('actions in small letters', (last) => (last['Action'] = ['s3:getobject', 's3:putobject', 's3:deleteobject'])),
  allow('a statement for each action', (last, policy) => {
    policy.Statement.pop();
    for (const Action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])
      policy.Statement.push({ ...last, Sid: Action.slice(3), Action });
  }),
];

const PEOPLE = 'People are found by their addresses, and strangers are not';
const SHAPES = 'Photos of all shapes get small, and stay the right way up';
const PHOTOS = 'The search finds your photos, and only yours';
const GRAMMAR = 'IAM takes the policy, and it allows no more than the album needs';
const SIMULATED = 'The policy allows what the album does, and nothing else';

export const wrong: WrongProgram[] = [
  ...[
    {
      ...find(
        'a scan with a filter',
        "from boto3.dynamodb.conditions import Attr\nreturn next(iter(index.scan(FilterExpression=Attr('email').eq(email))['Items']), None)",
      ),
      actual: /Scan in line \d+ of cloudalbum\/chalicelib\/models\/users\.py/,
      says: /query asks the index/,
    },
    { ...find('the first of a scan', "return index.scan()['Items'][0]"), actual: /Scan in line/, says: /reads the whole table/ },
    {
      ...find(
        'PartiQL',
        "from chalicelib.aws import client\nfound = client('dynamodb').execute_statement(Statement='SELECT * FROM \"cloudalbum-users\".\"user-email-index\" WHERE email=?', Parameters=[{'S': email}])\nreturn next(iter(found['Items']), None)",
      ),
      actual: /ExecuteStatement|PartiQL|Error/,
      says: /query by the index|line \d+ of cloudalbum/,
    },
    {
      ...find('no index', "return index.query(KeyConditionExpression=Key('email').eq(email))['Items'][0]"),
      actual: /ValidationException/,
      says: /^Look at line \d+ of cloudalbum\/chalicelib\/models\/users\.py/,
    },
    { ...find('the list', `return ${QUERY}['Items']`), says: /list under the key Items/ },
    { ...find('an empty dictionary for strangers', `return next(iter(${QUERY}['Items']), {})`), says: /return None/ },
    {
      ...find('an error for strangers', `return ${QUERY}['Items'][0]`),
      actual: /^IndexError/,
      says: /^Look at line \d+ of cloudalbum\/chalicelib\/models\/users\.py/,
    },
    { ...find('nobody', 'return None'), actual: /not asked at all/, says: /Ask the table/ },
  ].map((one) => ({ ...one, fails: PEOPLE })),
  ...[
    {
      ...shrink('what thumbnail returns', 'image.thumbnail(', 'image = image.thumbnail('),
      actual: /^AttributeError/,
      says: /^Look at line \d+ of cloudalbum\/chalicelib\/thumbnails\.py/,
    },
    { ...shrink('resize', 'image.thumbnail(', 'image = image.resize('), says: /keeps the proportions/ },
    {
      ...shrink('not turned', 'ImageOps.exif_transpose(Image.open(io.BytesIO(photo)))', 'Image.open(io.BytesIO(photo))'),
      says: /exif_transpose/,
    },
    { ...shrink('a PNG', "'JPEG', quality=85", "'PNG'"), actual: /PNG/, says: /'JPEG'/ },
    { ...shrink('the file itself', 'return file.getvalue()', 'return file'), actual: /BytesIO/, says: /getvalue/ },
    {
      ...shrink('read at the end', 'return file.getvalue()', 'return file.read()'),
      actual: /0 bytes that are no picture/,
      says: /stands at its end/,
    },
  ].map((one) => ({ ...one, fails: SHAPES })),
  ...[
    { ...search('strip forgotten', '.strip()', ''), says: /strip\(\) takes the spaces away/ },
    { ...search('blanks at the end only', '.strip()', '.rstrip()'), says: /at both ends/ },
    {
      ...search('no question mark', "(request.query_params or {}).get('q', '')", "request.query_params.get('q', '')"),
      actual: /^AttributeError/,
      says: /line \d+ of cloudalbum\/chalicelib\/routes\/search\.py\. query_params is None/,
    },
    { ...search('everybody signed in', 'user = web.signed_in(request)', "user = {'id': '1', 'name': 'ana'}"), says: /person's id/ },
    {
      ...search('without links', "[show(photo) for photo in photos.search(user['id'], text)]", "photos.search(user['id'], text)"),
      says: /show\(photo\) makes the links/,
    },
    { ...search('escaped twice', 'text=text', "text=text.replace('<', '&lt;')"), says: /text=text/ },
    { ...search('no route', "@blueprint.route('/photos/search')\n", ''), says: /@blueprint\.route/ },
  ].map((one) => ({ ...one, fails: PHOTOS })),
  {
    ...allow('every action', (last) => (last['Action'] = 's3:*')),
    fails: GRAMMAR,
    actual: /s3:\*/,
    says: /^Look at line \d+ of cloudalbum\/\.chalice\/policy-dev\.json\. s3:\* allows much/,
  },
  { ...allow('a Sid twice', (last, policy) => (last['Sid'] = policy.Statement[0]!['Sid'])), fails: GRAMMAR, says: /a Sid twice/ },
  { ...allow('a Sid with blanks', (last) => (last['Sid'] = 'My files')), fails: GRAMMAR, says: /"Myfiles"/ },
  { ...allow('a Principal', (last) => (last['Principal'] = { AWS: '*' })), fails: GRAMMAR, says: /Take Principal out/ },
  { ...allow('any bucket', (last) => (last['Resource'] = 'arn:aws:s3:::*/photos/*')), fails: GRAMMAR, says: /Name that, or less/ },
  {
    ...allow('an action forgotten', (last) => (last['Action'] = ['s3:GetObject', 's3:PutObject'])),
    fails: SIMULATED,
    actual: /implicitDeny/,
    says: /Add s3:DeleteObject/,
  },
  { ...allow('Deny', (last) => (last['Effect'] = 'Deny')), fails: SIMULATED, actual: /explicitDeny/, says: /"Effect": "Deny" forbids it/ },
];
