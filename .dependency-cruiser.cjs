// Imports run one way (docs/architecture.md). A folder may import what stands in its row, itself, and packages.
const MAY = {
  project: [],
  words: ["project"],
  template: ["project"],
  facts: ["project"],
  evidence: ["project", "facts"],
  steps: ["project", "facts", "template"],
  diagnosis: ["project", "facts", "evidence"],
  remedies: ["project", "diagnosis"],
  controller: ["project", "facts", "template", "steps", "diagnosis", "remedies", "words"],
  doctor: ["project", "facts", "evidence", "words", "steps", "diagnosis", "controller"],
  slack: ["project", "words"],
  github: ["project"],
  cluster: ["project"],
  probes: ["project"],
  cron: ["project"],
  http: [],
  config: ["project"],
  vantage: ["project", "probes", "http", "config"],
};

// The sandbox's packages, each with its face: all that the others and the sandbox as a whole may import of it.
const PACKAGES = { slack: "(index|client-api)", github: "index", cluster: "index", console: "index" };
const EVERY = Object.keys(PACKAGES).join("|");

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "nothing-imports-the-sandbox",
      comment: "The bot knows URLs and tokens only.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/sandbox/" },
      to: { path: "^src/sandbox/" },
    },
    {
      name: "the-sandbox-is-not-the-bot",
      comment: "What the sandbox imitates must not be made of what is to be tried on it.",
      severity: "error",
      from: { path: "^src/sandbox/" },
      to: { path: "^src/(?!sandbox/)" },
    },
    {
      name: "no-dev-dependencies-in-the-bot",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/sandbox/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm"] },
    },
    { name: "not-unresolvable", severity: "error", from: { path: "^src/" }, to: { couldNotResolve: true } },
    ...Object.entries(PACKAGES).map(([name, face]) => ({
      name: `wall-of-the-sandboxs-${name}`,
      severity: "error",
      from: { path: "^src/sandbox/", pathNot: `^src/sandbox/${name}/` },
      to: { path: `^src/sandbox/${name}/`, pathNot: `^src/sandbox/${name}/${face}\\.ts$` },
    })),
    {
      name: "the-sandboxs-packages-are-not-the-sandbox",
      comment: "What two of them need is in shared/, which needs nothing.",
      severity: "error",
      from: { path: `^src/sandbox/(${EVERY}|shared)/` },
      to: { path: "^src/sandbox/", pathNot: `^src/sandbox/(${EVERY}|shared)/` },
    },
    {
      name: "shared-by-the-sandbox-imports-nothing",
      severity: "error",
      from: { path: "^src/sandbox/shared/" },
      to: { path: "^src/", pathNot: "^src/sandbox/shared/" },
    },
    ...Object.entries(MAY).map(([folder, others]) => ({
      name: `imports-of-${folder}`,
      severity: "error",
      from: { path: `^src/${folder}(/|\\.ts$)` },
      to: { path: "^src/", pathNot: `^src/(${[folder, ...others].join("|")})(/|\\.ts$)` },
    })),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};
