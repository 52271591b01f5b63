import { gitDirectory } from "../git/git-directory.ts";
import { resolveCommit } from "../git/read-object.ts";
import type { Hub } from "../hub.ts";
import { presentAccount } from "../rest/present-account.ts";
import type { Package, PackageVersion } from "../state.ts";
import { basePayload } from "./base-payload.ts";

interface Descriptor {
  digest: string;
  size: number;
  mediaType?: string | undefined;
}

/** `registry_package` published, to the hooks of the repository that the package belongs to. */
export async function announcePackage(
  hub: Hub,
  known: Package,
  version: PackageVersion,
  pushed: {
    actor: string;
    tag: string | null;
    labels: Record<string, string>;
    manifest: { config?: Descriptor | undefined; layers?: Descriptor[] | undefined };
  },
): Promise<void> {
  const repository = hub.state.repositories.find((one) => one.id === known.repositoryId);
  if (!repository) return;
  const page = `${hub.address.server}/${known.owner}/${repository.name}/packages/${known.id}`;
  const image = `${hub.registryHost}/${known.owner}/${known.name}`.toLowerCase();
  const oid = (await resolveCommit(gitDirectory(hub, repository), repository.defaultBranch)) ?? "";
  const describe = ({ digest, size, mediaType = "" }: Descriptor) => ({ digest, media_type: mediaType, size });
  const { config, layers = [] } = pushed.manifest;
  const payload = {
    action: "published",
    registry_package: {
      id: known.id,
      name: known.name,
      namespace: known.owner,
      description: null,
      ecosystem: "CONTAINER",
      package_type: "CONTAINER",
      html_url: page,
      created_at: known.createdAt,
      updated_at: known.updatedAt,
      owner: presentAccount(hub, known.owner),
      package_version: {
        id: version.id,
        version: version.digest,
        name: version.digest,
        summary: "",
        description: "",
        manifest: "",
        html_url: `${page}?tag=${pushed.tag ?? version.digest}`,
        target_commitish: repository.defaultBranch,
        target_oid: oid,
        created_at: version.createdAt,
        updated_at: version.updatedAt,
        metadata: [],
        container_metadata: {
          tag: { name: pushed.tag ?? "", digest: version.digest },
          labels: describeLabels(pushed.labels),
          manifest: {
            digest: version.digest,
            media_type: version.mediaType,
            uri: `repositories/${known.owner}/${known.name}/manifests/${version.digest}`,
            size: version.size,
            ...(config ? { config: describe(config) } : {}),
            layers: layers.map(describe),
          },
        },
        author: presentAccount(hub, pushed.actor),
        package_files: [],
        installation_command: `docker pull ${image}${pushed.tag ? `:${pushed.tag}` : `@${version.digest}`}`,
        package_url: `${image}${pushed.tag ? `:${pushed.tag}` : `@${version.digest}`}`,
      },
      registry: {
        about_url: "https://docs.github.com/packages/learn-github-packages/introduction-to-github-packages",
        name: "GitHub CONTAINER registry",
        type: "CONTAINER",
        url: `https://${hub.registryHost}/${known.owner.toLowerCase()}`,
        vendor: "GitHub Inc",
      },
    },
    ...basePayload(hub, repository, pushed.actor),
  };
  hub.emit({ repository, event: "registry_package", action: "published", payload });
}

function describeLabels(labels: Record<string, string>) {
  const { "org.opencontainers.image.source": source, "org.opencontainers.image.revision": revision } = labels;
  return { ...(source ? { source } : {}), ...(revision ? { revision } : {}), all_labels: labels };
}
