/** Variables of the environment that a service is called with: by the command line, and by what is copied as code. */
export const credentialVariables = {
  sdkAppId: 'TENCENT_CHAT_SDKAPPID',
  administrator: 'TENCENT_CHAT_ADMIN',
  secretKey: 'TENCENT_CHAT_SECRET_KEY',
  userSig: 'TENCENT_CHAT_USERSIG',
} as const;
