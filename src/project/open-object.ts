import { z } from "zod";

/**
 * An object that keeps the fields it does not know, as a later version may have written them, while its type tells only
 * of those that it does: what is read is written back whole.
 */
export function openObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip> {
  // Where everything unknown may be asked for, a field that is misspelt in our own code is no type error any more.
  return z.looseObject(shape) as unknown as z.ZodObject<Shape, z.core.$strip>;
}
