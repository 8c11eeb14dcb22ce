import { PasswordForm } from "@/components/settings/password-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { passwordLength } from "@/lib/auth/contract";
import { pageCaller } from "@/lib/auth/page-caller";
import { saveName, savePassword } from "./actions";

/** The reader's own account. */
export default async function ProfilePage() {
  const { name, email, role } = await pageCaller();
  return (
    <>
      <ProfileForm account={{ name, email, role }} save={saveName} />
      <PasswordForm email={email} passwordLength={passwordLength} save={savePassword} />
    </>
  );
}
