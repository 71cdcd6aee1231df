import { Box, Text, Transform } from 'ink';
import { createContext, useContext, useEffect, useState } from 'react';
import { fitBlock } from './fit-line.ts';
import { createStandIns } from './stand-ins.ts';

/** Where the canvases of one screen leave their lines. */
export const StandInsContext = createContext(createStandIns());

/** A block of lines, drawn as they are: cut and padded to exactly this size. */
export function Canvas({ lines, columns, rows }: { lines: readonly string[]; columns: number; rows: number }) {
  const standIns = useContext(StandInsContext);
  const [number] = useState(standIns.take);
  useEffect(() => () => standIns.release(number), [standIns, number]);
  if (columns <= 0 || rows <= 0) return null;
  const block = fitBlock(lines, columns, rows);
  return (
    <Box width={columns} height={rows}>
      <Transform transform={() => standIns.put(number, block, columns)}>
        <Text>{' \n'.repeat(rows - 1)} </Text>
      </Transform>
    </Box>
  );
}
