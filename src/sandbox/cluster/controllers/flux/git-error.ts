/**
 * What go-git would have said where git said `stderr`.
 * https://github.com/fluxcd/pkg/blob/git/v0.37.0/git/gogit/clone.go, https://github.com/go-git/go-git/blob/v5.16.3/plumbing/transport/common.go
 */
export function gitError(stderr: string, url: string, ref: string): string {
  const host = hostOf(url);
  const get = `Get "${url}/info/refs?service=git-upload-pack"`;
  if (/could not read (Username|Password)|Authentication failed|returned error: 401/.test(stderr)) {
    return `authentication required${remoteWords(stderr)}`;
  }
  if (/returned error: 403/.test(stderr)) {
    return `authorization failed${remoteWords(stderr)}`;
  }
  if (/repository '.*' not found|returned error: 404|does not appear to be a git repository/.test(stderr)) {
    return `repository not found${remoteWords(stderr)}`;
  }
  if (/Could not resolve host/.test(stderr)) {
    return `${get}: dial tcp: lookup ${host.name} on 10.43.0.10:53: no such host`;
  }
  if (/Failed to connect|Connection refused|Couldn't connect/.test(stderr)) {
    return `${get}: dial tcp ${host.name}:${host.port}: connect: connection refused`;
  }
  if (/couldn't find remote ref|Remote branch .* not found/.test(stderr)) {
    return `couldn't find remote ref "${ref}"`;
  }
  const last = stderr.trim().split("\n").at(-1) ?? "";
  return last.replace(/^(fatal|error): /, "") || "unknown error";
}

/** What the server itself said: git prefixes those lines with `remote:`. */
function remoteWords(stderr: string): string {
  const words = [...stderr.matchAll(/^remote: (.*)$/gm)].map(([, line = ""]) => line.trim()).filter(Boolean);
  return words.length > 0 ? `: ${words.join(" ")}` : "";
}

function hostOf(url: string): { name: string; port: string } {
  if (!URL.canParse(url)) {
    return { name: url, port: "" };
  }
  const { hostname, port, protocol } = new URL(url);
  return { name: hostname, port: port || (protocol === "https:" ? "443" : protocol === "ssh:" ? "22" : "80") };
}
