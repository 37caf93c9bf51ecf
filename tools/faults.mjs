/** What programs that fetch and unpack print when they fail, by what is at fault. */
export const faults = {
  certificate: /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY/,
  disk: /ENOSPC/,
  rights: /EACCES|EPERM|EROFS/,
};
