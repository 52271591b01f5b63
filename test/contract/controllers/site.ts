import type { X509Certificate } from "node:crypto";
import type { Connection } from "../connection.ts";

export interface Answer {
  /** 0: none came. */
  status: number;
  text: string;
}

/** A cluster with the world around it, so far as both the simulated and a real one can be driven. */
export interface Site {
  server: Connection;
  /** Real milliseconds that its controllers are given, and between two looks. */
  patience: { timeout: number; interval: number };
  /** Git over HTTP, where the cluster reaches it. Below `/auth/` it wants the login u, p. */
  git: {
    url: string;
    /** To the main branch of a repository, which is made if need be; gives the commit. */
    commit(repository: string, files: Record<string, string>, message?: string): string;
    /** What pods send there is dropped. */
    cut(): Promise<void>;
    mend(): Promise<void>;
  };
  /**
   * ghcr.io as the node reaches it: every package is private. docker.io needs no login, and has testbed/app:1, an
   * application that answers HTTP on 3000; FAIL is its exit code, START_SECONDS how long it does not listen.
   */
  registry: {
    login: { username: string; password: string };
    /** Puts that application there, for `linux/<architecture>` alone if it is named. */
    push(name: string, architecture?: string): Promise<void>;
    /** Nobody listens where the node looks for it. */
    leave(): Promise<void>;
    comeBack(): Promise<void>;
  };
  /** What is seen from the far side of the firewall, at the node's address, whatever the DNS says. */
  outside: {
    get(host: string, path?: string): Promise<Answer>;
    getSecurely(host: string, path?: string): Promise<Answer>;
    certificate(host: string): Promise<X509Certificate>;
  };
  dns: {
    set(name: string, address: string): Promise<void>;
    unset(name: string): Promise<void>;
    /** Where routes are served. */
    node: string;
    /** An address at which there is nobody. */
    nobody: string;
  };
  firewall: { close(port: number): Promise<void>; open(port: number): Promise<void> };
  close(): Promise<void>;
}
