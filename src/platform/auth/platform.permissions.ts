/** What the plumbing itself guards. */
export const PLATFORM_PERMISSIONS = ['platform.metrics.read', 'platform.audit.read'] as const;
export type PlatformPermission = (typeof PLATFORM_PERMISSIONS)[number];
