/**
 * Imports point inward (docs/architecture.md draws it). Each rule says who may know whom.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const core =
  '^src/(debate|errors|spoken|in-turn)[.]ts$|^src/(ports|chat|text)/|^src/schedules/schedule[.]ts$|^src/spending/dollars[.]ts$';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-cycles', 'A cycle means two files are one story.', {}, { circular: true }),
    rule(
      'nouns-know-nothing',
      'debate.ts is plain data.',
      { path: '^src/debate[.]ts$' },
      { path: '^(src|adapters|db)/', pathNot: '^src/debate[.]ts$' },
    ),
    rule(
      'formats-and-personas-know-the-nouns',
      'A format is a pure function of the log; personas are data.',
      { path: '^src/(formats|personas)/' },
      { path: '^(src|adapters|db)/', pathNot: '^src/((debate|errors)[.]ts|text/|formats/|personas/)' },
    ),
    rule(
      'article-knows-the-nouns',
      'Reading an article has nothing to do with who debates it.',
      { path: '^src/article/' },
      { path: '^(src|adapters|db)/', pathNot: '^src/(debate[.]ts|errors[.]ts|article/)' },
    ),
    rule(
      'agents-know-the-ports',
      'Voices see the core through its ports.',
      { path: '^src/agents/' },
      {
        path: '^(src|adapters|db)/',
        pathNot: `${core}|^src/agents/|^src/article/(sentences|passages|language)[.]ts$`,
      },
    ),
    rule(
      'adapters-and-db-know-the-ports',
      'A platform or a database is replaceable.',
      { path: '^(adapters|db)/' },
      { path: '^src/', pathNot: core },
    ),
    rule(
      'adapters-are-strangers',
      'One platform never knows another.',
      { path: '^adapters/([^/]+)/' },
      { path: '^adapters/', pathNot: '^adapters/$1/' },
    ),
    rule(
      'core-knows-no-outside',
      'Only main.ts, what it prepares and the command wire the outside in.',
      { path: '^src/', pathNot: '^src/(main|prepare|cli|config)[.]ts$|^src/cli/' },
      { path: '^(adapters|db)/|^src/(main|cli|config)[.]ts$' },
    ),
    rule(
      'langchain-lives-in-agents',
      'A vendor SDK appears in one folder.',
      { path: '^(src|adapters|db)/', pathNot: '^src/agents/' },
      { path: 'node_modules/(@langchain|langchain|openai)/' },
    ),
    rule(
      'databases-live-in-db',
      'A vendor SDK appears in one folder.',
      { path: '^(src|adapters)/' },
      { path: 'node_modules/(drizzle-orm|pg|pg-boss|@electric-sql)/' },
    ),
    rule(
      'discord-lives-in-its-adapter',
      'A vendor SDK appears in one folder.',
      { path: '^(src|adapters|db)/', pathNot: '^adapters/discord/' },
      { path: 'node_modules/(discord[.]js|discord-api-types|@discordjs)/' },
    ),
    rule(
      'what-watches-lives-in-operating',
      'A vendor SDK appears in one folder.',
      { path: '^(src|adapters|db)/', pathNot: '^src/operating/' },
      { path: 'node_modules/(prom-client|@opentelemetry)/' },
    ),
    rule(
      'slack-lives-in-its-adapter',
      'A vendor SDK appears in one folder.',
      { path: '^(src|adapters|db)/', pathNot: '^adapters/slack/' },
      { path: 'node_modules/@slack/' },
    ),
    rule('nothing-ships-from-test', 'Fakes exist in tests only.', { path: '^(src|adapters|db)/' }, { path: '^test/' }),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
    reporterOptions: {
      archi: { collapsePattern: '^(src|adapters|db)/[^/]+' },
    },
  },
};
