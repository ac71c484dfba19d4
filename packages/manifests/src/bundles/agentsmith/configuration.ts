/** An example of `agentsmith.yml`: one project, and one pipeline for its tickets. */
export const CONFIGURATION = `projects:
  example:
    source: { type: GitHub, url: https://github.com/OWNER/REPOSITORY, auth: token }
    tickets: { type: GitHub, url: https://github.com/OWNER/REPOSITORY, auth: token }
    agent: { type: Claude, model: claude-sonnet-4-20250514 }
    pipeline: fix-bug
pipelines:
  fix-bug:
    commands:
      - FetchTicketCommand
      - CheckoutSourceCommand
      - AnalyzeCodeCommand
      - GeneratePlanCommand
      - ApprovalCommand
      - AgenticExecuteCommand
      - TestCommand
      - CommitAndPRCommand
secrets:
  github_token: \${GITHUB_TOKEN}
  anthropic_api_key: \${ANTHROPIC_API_KEY}
`
