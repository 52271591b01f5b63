/** Held until the solver is cleaned up. https://github.com/cert-manager/cert-manager/blob/v1.19.1/pkg/apis/acme/v1/types.go */
export const CHALLENGE_FINALIZER = "acme.cert-manager.io/finalizer";
