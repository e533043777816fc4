package dev.pilotlight.domain.warm.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.cost.Confidence;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.warm.budget.Budget.Left;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a budget leaves: forecast goes first, then tracking, windows and baseline. One slot for ten days is 8.64 dollars here. */
final class BudgetTest {
    private static final Price PRICE =
            new Price(new BigDecimal("0.0000100"), Confidence.VERIFIED, LocalDate.of(2026, 5, 8), "list");
    private static final long TEN_DAYS = 864_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                                     | baseline | windows | tracking | forecast | slot-days of windows | open | budget | used | running | left | exceeded
            enough for all                             | 1        | 4       | 6        | 8        | 30          | true  | 1000   | 0    | 0       | 8    | false
            the forecast goes first                    | 1        | 4       | 6        | 8        | 30          | false | 90     | 30   | 0       | 6    | true
            then tracking                              | 1        | 4       | 6        | 8        | 30          | false | 80     | 34   | 0       | 5    | true
            then windows, all of the rest a little     | 1        | 4       | 4        | 4        | 30          | false | 60     | 32   | 0       | 3    | true
            the baseline goes last                     | 3        | 4       | 4        | 4        | 10          | false | 60     | 40   | 0       | 2    | true
            windows that will come are counted ahead   | 0        | 0       | 2        | 2        | 20          | false | 60     | 40   | 0       | 0    | true
            what runs in an open window stays          | 1        | 4       | 6        | 6        | 30          | true  | 80     | 50   | 6       | 6    | true
            but is not raised                          | 1        | 4       | 6        | 6        | 30          | true  | 80     | 50   | 4       | 4    | true
            spent is spent                             | 1        | 4       | 6        | 6        | 30          | true  | 60     | 60   | 6       | 0    | true
            nothing wanted, nothing exceeded           | 0        | 0       | 0        | 0        | 0           | false | 60     | 70   | 0       | 0    | false
            """)
    void whatIsLeft(
            String what,
            int baseline,
            int windows,
            int tracking,
            int forecast,
            int slotDays,
            boolean open,
            int budget,
            BigDecimal used,
            int running,
            int left,
            boolean exceeded) {
        Wishes wishes = new Wishes(baseline, windows, tracking, forecast, slotDays * 86_400L, open);

        Left found = Budget.cut(wishes, budget, used, PRICE, TEN_DAYS, running);

        assertThat(found.capacity()).isEqualTo(left);
        assertThat(found.exceeded()).isEqualTo(exceeded);
    }

    /** Run to the end of the month by its own rule, a month costs what its budget says and not more, and no slot comes and goes. */
    @Test
    void aMonthThatIsCutFromItsFirstDayCostsItsBudgetAndDoesNotFlap() {
        double used = 0;
        int running = 0;
        int changes = 0;
        long month = 31 * 86_400L;
        for (long at = 0; at < month; at += 600) {
            Wishes wishes = new Wishes(1, 1, 9, 9, 0, false);
            Left left = Budget.cut(wishes, 100, BigDecimal.valueOf(used), PRICE, month - at, running);
            changes += left.capacity() == running ? 0 : 1;
            running = left.capacity();
            used += running * 600 * 0.00001;
        }
        assertThat(used).isBetween(90.0, 100.0);
        assertThat(changes).isLessThanOrEqualTo(9);
    }
}
