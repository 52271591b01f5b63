import { findAccount } from "../find.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../state.ts";
import { nodeId } from "./node-id.ts";
import { presentAccount } from "./present-account.ts";

/** The schema `minimal-repository` that lists, runs and hooks embed; webhooks call it repository-lite. */
export function presentRepositoryLite(hub: Hub, repository: Repository) {
  const url = repositoryUrl(hub, repository);
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.private,
    owner: presentAccount(hub, repository.owner),
    html_url: repositoryPage(hub, repository),
    description: repository.description,
    fork: false,
    url,
    forks_url: `${url}/forks`,
    keys_url: `${url}/keys{/key_id}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    teams_url: `${url}/teams`,
    hooks_url: `${url}/hooks`,
    issue_events_url: `${url}/issues/events{/number}`,
    events_url: `${url}/events`,
    assignees_url: `${url}/assignees{/user}`,
    branches_url: `${url}/branches{/branch}`,
    tags_url: `${url}/tags`,
    blobs_url: `${url}/git/blobs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    trees_url: `${url}/git/trees{/sha}`,
    statuses_url: `${url}/statuses/{sha}`,
    languages_url: `${url}/languages`,
    stargazers_url: `${url}/stargazers`,
    contributors_url: `${url}/contributors`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    commits_url: `${url}/commits{/sha}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    comments_url: `${url}/comments{/number}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    contents_url: `${url}/contents/{+path}`,
    compare_url: `${url}/compare/{base}...{head}`,
    merges_url: `${url}/merges`,
    archive_url: `${url}/{archive_format}{/ref}`,
    downloads_url: `${url}/downloads`,
    issues_url: `${url}/issues{/number}`,
    pulls_url: `${url}/pulls{/number}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    labels_url: `${url}/labels{/name}`,
    releases_url: `${url}/releases{/id}`,
    deployments_url: `${url}/deployments`,
  };
}

/** The schema `repository`. */
export function presentRepository(hub: Hub, repository: Repository) {
  const page = repositoryPage(hub, repository);
  return {
    ...presentRepositoryLite(hub, repository),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `git://${page.replace(/^https?:\/\//, "")}.git`,
    ssh_url: `git@${new URL(page).hostname}:${repository.owner}/${repository.name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: repository.homepage,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.features.issues,
    has_projects: repository.features.projects,
    has_downloads: true,
    has_wiki: repository.features.wiki,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: repository.isTemplate,
    web_commit_signoff_required: false,
    topics: repository.topics,
    visibility: repository.private ? "private" : "public",
    forks: 0,
    open_issues: 0,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** The schema `full-repository`, which a single GET answers. */
export function presentFullRepository(hub: Hub, repository: Repository) {
  const owner = findAccount(hub.state, repository.owner);
  return {
    ...presentRepository(hub, repository),
    permissions: { admin: true, maintain: true, push: true, triage: true, pull: true },
    temp_clone_token: null,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    allow_update_branch: false,
    use_squash_pr_title_as_default: false,
    squash_merge_commit_message: "COMMIT_MESSAGES",
    squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
    merge_commit_message: "PR_TITLE",
    merge_commit_title: "MERGE_MESSAGE",
    ...(owner?.type === "Organization" ? { organization: presentAccount(hub, owner) } : {}),
    network_count: 0,
    subscribers_count: 0,
  };
}

export function repositoryUrl(hub: Hub, repository: Repository): string {
  return `${hub.address.api}/repos/${repository.owner}/${repository.name}`;
}

export function repositoryPage(hub: Hub, repository: Repository): string {
  return `${hub.address.server}/${repository.owner}/${repository.name}`;
}
