/** Names of the locked files in a lab's folder for its packages; one of the kinds is enough. */
export const pythonLock = 'requirements.txt';
export const nodeManifest = 'package.json';
export const nodeLock = 'package-lock.json';
export const nodeFiles = [nodeManifest, nodeLock];
