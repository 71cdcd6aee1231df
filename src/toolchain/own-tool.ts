/**
 * Whether a program is labwalk's own, made in its cache: by the names in toolchain/places.mjs and toolchain/lab-toolchain.mjs, wherever the cache is.
 *
 * @example isOwnTool('/home/ada/.cache/labwalk/toolchain-915a2b512a82/bin/aws') // true
 */
export const isOwnTool = (file: string): boolean => /[\\/]labwalk[\\/](?:toolchain|lab)-[0-9a-f]{12}[\\/]/.test(file);
