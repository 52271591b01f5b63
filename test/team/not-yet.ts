/** Of a case that is still told wrongly (`test.fails`): it is not waited for as long as one that is told right. */
export const NOT_YET = { timeout: 40_000 };
