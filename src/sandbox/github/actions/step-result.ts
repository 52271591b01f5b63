export interface StepResult {
  conclusion: "success" | "failure";
  outputs: Record<string, string>;
}
