/** Views that come by an acknowledgement, which no schema of the typings covers. */
import type { View } from '@slack/types';
import { z } from 'zod';

const shape = z.looseObject({
  type: z.enum(['modal', 'home']),
  blocks: z.array(z.looseObject({ type: z.string() })),
});

export const anyView = z.custom<View>((value) => shape.safeParse(value).success, 'no view');
