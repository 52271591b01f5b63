import { name } from "./project";
import styles from "./page.module.css";

export default function Page() {
  return (
    <main className={styles.page}>
      <p className={styles.state}>It is live.</p>
      <h1>{name}</h1>
      <p>
        This page is <code>app/page.tsx</code>. Change it and push: the new version is here a few minutes later, and this
        one stays until it is ready.
      </p>
      <p>
        <a href="https://nextjs.org/docs">Next.js documentation</a>
      </p>
    </main>
  );
}
