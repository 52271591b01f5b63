/** Who is who in the team's workspace. */
export interface People {
  /** Slack's id of whoever has this e-mail address; `undefined`: nobody, or it cannot be known now. Never rejects. */
  idOf(email: string): Promise<string | undefined>;
}
