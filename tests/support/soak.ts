/** Whether this is `npm run soak`: walks take every day, and random tests many more runs. */
export const soaking = process.env["SOAK"] === "1";
