import { z } from "zod";
import { noContent, ok } from "./answer.ts";
import type { Call, Route } from "./route.ts";

const PERMISSIONS = "/repos/{owner}/{repo}/actions/permissions";
const READ: Route["permission"] = ["administration", "read"];
const WRITE: Route["permission"] = ["administration", "write"];

export const actionsPermissionRoutes: Route[] = [
  {
    operation: "actions/get-github-actions-permissions-repository",
    method: "GET",
    path: PERMISSIONS,
    permission: READ,
    handle: (call) => {
      const { enabled, allowed } = call.repository().actions;
      return ok({ enabled, ...(enabled ? { allowed_actions: allowed } : {}), sha_pinning_required: false });
    },
  },
  {
    operation: "actions/set-github-actions-permissions-repository",
    method: "PUT",
    path: PERMISSIONS,
    permission: WRITE,
    handle: (call) => {
      const { actions } = call.repository();
      const wanted = call.body(
        z.object({ enabled: z.boolean(), allowed_actions: z.enum(["all", "local_only", "selected"]).optional() }),
      );
      actions.enabled = wanted.enabled;
      actions.allowed = wanted.allowed_actions ?? actions.allowed;
      return noContent();
    },
  },
  {
    operation: "actions/get-github-actions-default-workflow-permissions-repository",
    method: "GET",
    path: `${PERMISSIONS}/workflow`,
    permission: READ,
    handle: (call) => ok(presentDefaults(call)),
  },
  {
    operation: "actions/set-github-actions-default-workflow-permissions-repository",
    method: "PUT",
    path: `${PERMISSIONS}/workflow`,
    permission: WRITE,
    handle: (call) => {
      const { actions } = call.repository();
      const wanted = call.body(
        z.object({
          default_workflow_permissions: z.enum(["read", "write"]).optional(),
          can_approve_pull_request_reviews: z.boolean().optional(),
        }),
      );
      actions.defaultPermissions = wanted.default_workflow_permissions ?? actions.defaultPermissions;
      actions.canApprove = wanted.can_approve_pull_request_reviews ?? actions.canApprove;
      return noContent();
    },
  },
];

function presentDefaults(call: Call) {
  const { defaultPermissions, canApprove } = call.repository().actions;
  return { default_workflow_permissions: defaultPermissions, can_approve_pull_request_reviews: canApprove };
}
