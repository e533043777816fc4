package dev.pilotlight.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** People who plan from their own machine mostly have a profile of IAM Identity Center. */
class SsoProfileTest {
    @TempDir
    Path folder;

    @Test
    void whoIsNotLoggedInHearsOfThatAndNotOfAMissingModule() throws Exception {
        Path config = Files.writeString(folder.resolve("config"), """
                [profile ml-prod-read]
                sso_session = corp
                sso_account_id = 111122223333
                sso_role_name = Reader
                region = us-east-1

                [sso-session corp]
                sso_region = us-east-1
                sso_start_url = https://corp.example/start
                """, UTF_8);
        ProfileFile profiles = ProfileFile.builder()
                .content(config)
                .type(ProfileFile.Type.CONFIGURATION)
                .build();

        try (ProfileCredentialsProvider provider = ProfileCredentialsProvider.builder()
                .profileFile(profiles)
                .profileName("ml-prod-read")
                .build()) {
            assertThatThrownBy(provider::resolveCredentials)
                    .hasMessageContaining("token")
                    .hasMessageNotContaining("class path");
        }
    }
}
