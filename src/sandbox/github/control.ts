import type { Access } from "./access.ts";
import type { Hub } from "./hub.ts";
import type { Conclusion } from "./state.ts";

/** Turns faults on and off; what the scenarios and the tests use. */
export interface GitHubControl {
  /** The next build fails: at the step whose name contains `step`, else at the one that builds the image. */
  failNextBuild(options?: { step?: string; lines?: string[] }): void;
  /** It is still to come. */
  nextBuildFails(): boolean;
  /** Takes that back. */
  spareNextBuild(): void;
  /** The next run that begins is said to end so, whatever its jobs say: `timed_out`, `action_required`, `stale`, … */
  endNextRun(conclusion: Conclusion): void;
  /** The next image build takes `factor` times as long. */
  slowNextBuild(factor: number): void;
  /** New repositories have Actions disabled (as an organisation's policy does it). */
  disableActionsForNewRepositories(disabled: boolean): void;
  /** Workflows may not create or write packages, whatever their permissions. */
  denyPackages(denied: boolean): void;
  /** Takes a permission from the App's installation (null) or gives it; tokens made before lose or gain it too. */
  setInstallationPermission(name: string, access: Access | null): void;
  /** Takes a scope (`workflow`, `delete_repo`, `read:packages`, …) from the person's token or gives it back. */
  setTokenScope(scope: string, held: boolean): void;
  dropNextWebhooks(count: number): void;
  doubleNextWebhooks(count: number): void;
  /** Holds the next `count` deliveries back until one after them has gone. */
  reorderNextWebhooks(count: number): void;
  exhaustRateLimit(seconds: number): void;
  restoreRateLimit(): void;
  /** The next `calls` REST calls are answered by the secondary rate limit. */
  limitSecondary(calls: number, retryAfter: number): void;
  revokeToken(token: string): void;
  expirePullToken(): void;
  restorePullToken(): void;
  setPackageVisibility(owner: string, name: string, visibility: "public" | "private"): void;
  /** Connections to REST, git and pages are cut. */
  setUnreachable(unreachable: boolean): void;
  setRegistryUnreachable(unreachable: boolean): void;
}

/** Looks like a secret and is none: what a careless script prints, for masking to be seen at work. */
export const LEAKED = `ghp_${"Sl1pwayNotARealTokenJustALookalike00"}`;

const LINES = [
  "#9 [build 4/7] RUN npm run build",
  "#9 4.211 src/app/page.tsx(12,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  `#9 4.213 using token ${LEAKED}`,
  '#9 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
];

export function createControl(hub: Hub, pull: { username: string; token: string }): GitHubControl {
  const { faults, state } = hub;
  return {
    failNextBuild({ step, lines } = {}) {
      faults.failBuild = { step: step ?? null, lines: lines ?? LINES };
    },
    nextBuildFails: () => faults.failBuild !== null,
    spareNextBuild() {
      faults.failBuild = null;
    },
    endNextRun(conclusion) {
      faults.endRun = conclusion;
    },
    slowNextBuild(factor) {
      faults.slowBuild = factor;
    },
    disableActionsForNewRepositories(disabled) {
      faults.actionsDisabledForNew = disabled;
    },
    denyPackages(denied) {
      faults.packagesDenied = denied;
    },
    setInstallationPermission(name, access) {
      const held = [state.installationPermissions];
      for (const principal of Object.values(state.tokens)) {
        if (principal.kind === "installation" && !principal.workflow) held.push(principal.permissions);
      }
      for (const permissions of held) {
        if (access) permissions[name] = access;
        else delete permissions[name];
      }
    },
    setTokenScope(scope, held) {
      const principal = state.tokens[state.credentials.token];
      if (principal?.kind !== "user") return;
      const others = principal.scopes.filter((one) => one !== scope);
      principal.scopes = held ? [...others, scope] : others;
    },
    dropNextWebhooks(count) {
      faults.webhooks.drop = count;
    },
    doubleNextWebhooks(count) {
      faults.webhooks.double = count;
    },
    reorderNextWebhooks(count) {
      faults.webhooks.reorder = count;
    },
    exhaustRateLimit(seconds) {
      faults.primaryLimitUntil = hub.world.clock.now().getTime() + seconds * 1000;
    },
    restoreRateLimit() {
      faults.primaryLimitUntil = 0;
      faults.secondary = { calls: 0, retryAfter: 0 };
    },
    limitSecondary(calls, retryAfter) {
      faults.secondary = { calls, retryAfter };
    },
    revokeToken(token) {
      delete state.tokens[token];
    },
    expirePullToken() {
      delete state.tokens[pull.token];
    },
    restorePullToken() {
      state.tokens[pull.token] = { kind: "user", login: pull.username, scopes: ["read:packages"] };
    },
    setPackageVisibility(owner, name, visibility) {
      const known = state.packages.find((one) => one.owner === owner && one.name === name);
      if (known) known.visibility = visibility;
    },
    setUnreachable(unreachable) {
      faults.unreachable = unreachable;
    },
    setRegistryUnreachable(unreachable) {
      faults.registryUnreachable = unreachable;
    },
  };
}
