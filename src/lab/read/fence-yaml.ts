import type { FenceBlock } from './block.ts';
import type { ReadingContext } from './reading-context.ts';
import { parseYaml, placeInContent, type YamlText } from './yaml/yaml-text.ts';

/** The YAML of a fence, its places those in the file. */
export function fenceYaml(block: FenceBlock, context: ReadingContext): YamlText | undefined {
  return parseYaml(block.content, (offset) => placeInContent(block.source, block.content, block.firstLine, offset), context.report);
}
