/** What the plumbing itself guards. */
export const PLATFORM_PERMISSIONS = {
  metricsRead: 'platform.metrics.read',
  auditRead: 'platform.audit.read',
} as const;
