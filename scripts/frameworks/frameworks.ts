/** What the comparison has to know of each framework, beyond what its lab says. */
export interface Framework {
  /** The lab that uses it. */
  lab: string;
  /** Short: the labs' table has to fit a narrow terminal. */
  name: string;
  /** What a person types begins with it. */
  command: string;
  /** The lab's project: path in the workspace. */
  project: string;
  /** The file with the routes: path in the project. */
  app: string;
  /** The first deployment, as the lab's text has it. */
  deploy: string;
  /** The next one. */
  redeploy: string;
  /** The last command of its own. */
  remove: string;
}

export const frameworks: readonly Framework[] = [
  {
    lab: 'chalice',
    name: 'Chalice',
    command: 'chalice',
    project: 'myapp',
    app: 'app.py',
    deploy: 'chalice deploy',
    redeploy: 'chalice deploy',
    remove: 'chalice delete',
  },
  {
    lab: 'serverless',
    name: 'Serverless',
    command: 'serverless',
    project: 'myapp',
    app: 'handler.py',
    deploy: 'serverless deploy',
    redeploy: 'serverless deploy',
    remove: 'serverless remove',
  },
  {
    lab: 'zappa',
    name: 'Zappa',
    command: 'zappa',
    project: 'myzappa',
    app: 'app.py',
    deploy: 'zappa deploy dev',
    redeploy: 'zappa update dev',
    remove: 'zappa undeploy dev --yes',
  },
];
