#!/usr/bin/env node
/** The command. Any Node can read this file, so that an old one says what is needed; all else is in `program.cjs`. */
'use strict';

require('./check-node.cjs');
require('./program.cjs');
