import postgres from "postgres";

/** Makes an empty database on the test Postgres, for processes that open it themselves. */
export async function emptyServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const adminUrl = process.env.TEST_DATABASE_URL ?? "";
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const name = `hearth_deploy_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await admin.unsafe(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const drop = async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { url: url.href, drop };
}
