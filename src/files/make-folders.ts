export { makeFolders } from '../../toolchain/make-folders.mjs';
