/**
 * Looks at Node's version before anything else does: an older Node can't even read the rest of the program, and would answer with a SyntaxError.
 * So this file keeps to ECMAScript 5, as `labwalk.js` does (a lint rule holds them to it). Loaded first by the command, and by the scripts of
 * package.json with `node --require`.
 */
'use strict';

/** The oldest that will do, as `engines` of package.json has it. */
var oldest = { major: 20, minor: 19 };

/**
 * @param {string} version as `process.versions.node` has it
 * @returns {boolean}
 */
function isNodeNewEnough(version) {
  var major = Number(version.split('.')[0]);
  var minor = Number(version.split('.')[1]);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/**
 * @param {string} version
 * @param {string} program the file that runs: several Nodes may be on one machine
 * @returns {string}
 */
function describeOldNode(version, program) {
  return [
    'Node.js ' + oldest.major + '.' + oldest.minor + ' or newer is needed; this is ' + version + ' (' + program + '). To get a newer one:',
    '  Debian, Ubuntu:    curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt install nodejs',
    '  Amazon Linux 2023: curl -fsSL https://rpm.nodesource.com/setup_22.x | sudo bash - && sudo dnf install nodejs',
    '  macOS:             brew install node@22',
    '  with nvm:          nvm install 22',
    '',
    'Then open a new terminal and run the same command again.',
    '',
  ].join('\n');
}

if (!isNodeNewEnough(process.versions.node)) {
  process.stderr.write(describeOldNode(process.versions.node, process.execPath));
  process.exit(3);
}

module.exports = { isNodeNewEnough: isNodeNewEnough, describeOldNode: describeOldNode };
