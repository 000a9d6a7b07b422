export { openEnvironment, type Environment } from './environment';
export { prepareBinaries, type Binaries } from './binaries';
export { EmbeddedCluster, databaseUrl, type ClusterOptions, type RunningCluster } from './cluster';
export { createDatabase, createRoles, dropDatabase, otherDatabase, roleUrls, type DatabaseUrls, type RolePasswords } from './roles';
export { serviceUser, type ServiceUser } from './service-user';
