export const name = "[[= name =]]";
