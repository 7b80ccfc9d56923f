"use strict";
const path = require("node:path");
const FOLDER = path.join(__dirname, "..", "..", "..", "lagesbild", "report", "page", "script");
exports.script = (name) => require(path.join(FOLDER, `${name}.js`));
