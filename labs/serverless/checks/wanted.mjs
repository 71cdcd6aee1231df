/** The routes of the lab's app, as a step has them: with the argument `users` those of the users, too. */
const HELLO = [{ method: 'GET', path: '/' }];
const USERS = [
  { method: 'GET', path: '/users/{name}', isAlone: true },
  { method: 'POST', path: '/users', isAlone: true },
];

export const wantedRoutes = (words) => (words.includes('users') ? [...HELLO, ...USERS] : HELLO);
