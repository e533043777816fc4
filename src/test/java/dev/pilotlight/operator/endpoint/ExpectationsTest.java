package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ValidationRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private final Expectations expectations = new Expectations();

    private static ValidationRequest request(String name, String expect) {
        return new ValidationRequest(name, "application/json", null, "{}", expect);
    }

    @Test
    void anExpressionIsCompiledOnce() {
        assertThat(expectations.of(request("happy", "response.status == 200")))
                .isSameAs(expectations.of(request("happy", "response.status == 200")));
    }

    @Test
    void theFirstExpressionThatCannotBeUsedIsNamed() {
        assertThat(expectations.firstInvalid(
                        List.of(request("good", "response.status == 200"), request("bad", "response.status ==="))))
                .hasValueSatisfying(why -> assertThat(why).contains("bad"));
    }

    @Test
    void usableExpressionsAreNoNews() {
        assertThat(expectations.firstInvalid(List.of(request("good", "response.status == 200"))))
                .isEmpty();
        assertThat(expectations.firstInvalid(List.of())).isEmpty();
    }

    @Test
    void withoutAnExpressionAnySuccessWillDo() {
        assertThat(expectations.firstInvalid(List.of(request("any", null)))).isEmpty();
    }
}
