package dev.pilotlight.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.scaling.AwsCron.Translation.Refused;
import dev.pilotlight.domain.scaling.AwsCron.Translation.Translated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five fields become six, or a reason why not. */
class AwsCronTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 8 * * MON-FRI     | cron(0 8 ? * MON-FRI *)",
                "0 19 * * 1-5        | cron(0 19 ? * MON-FRI *)",
                "30 6 * * *          | cron(30 6 * * ? *)",
                "0 0 1 * *           | cron(0 0 1 * ? *)",
                "0 0 1,15 */3 *      | cron(0 0 1,15 1/3 ? *)",
                "*/15 8-18 * * SAT   | cron(0/15 8-18 ? * SAT *)",
                "0 08 * * 0          | cron(0 8 ? * SUN *)",
                "0 8 * * 7           | cron(0 8 ? * SUN *)",
                "0 8 * * 5-7         | cron(0 8 ? * SUN,FRI,SAT *)",
                "0 8 * * 6,0         | cron(0 8 ? * SUN,SAT *)",
                "0 8 * * */2         | cron(0 8 ? * SUN,TUE,THU,SAT *)",
                "0 8 * * MON,WED,FRI | cron(0 8 ? * MON,WED,FRI *)",
                "0 8 * * 0-6         | cron(0 8 ? * SUN-SAT *)",
                "0 8 * * mon-wed     | cron(0 8 ? * MON-WED *)",
                "0 8 24 DEC *        | cron(0 8 24 DEC ? *)",
                "5/10 8 * 1-6/2 *    | cron(5/10 8 * 1-6/2 ? *)",
            })
    void isTranslated(String five, String six) {
        assertThat(AwsCron.translate(five)).isEqualTo(new Translated(six));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 8 1 * MON     | use two windows",
                "0 8 * * FRI-MON | FRI-MON",
                "0 8 * * 5-1     | 5-1",
                "0 8 * * FUN     | FUN",
                "0 8 * * 8       | \"8\"",
                "0 8 * * MON#2   | MON#2",
                "0 8 * *         | five fields",
                "0 0 8 * * MON   | five fields",
            })
    void isRefusedWithAReason(String five, String reason) {
        assertThat(AwsCron.translate(five))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains(reason));
    }
}
