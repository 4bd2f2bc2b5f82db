/** The package has no types of its own; only what we call is declared. */
declare module 'tls-sig-api-v2' {
  export class Api {
    constructor(sdkAppId: number, secretKey: string);
    /** A UserSig for `userId`, valid for `expire` seconds from now by this machine's clock. */
    genUserSig(userId: string, expire: number): string;
  }
}
