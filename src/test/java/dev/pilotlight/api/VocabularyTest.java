package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Condition types and reasons are words scripts and alerts match on. */
final class VocabularyTest {
    @ParameterizedTest
    @ValueSource(classes = {ConditionTypes.class, Reasons.class})
    void everyWordIsCamelCaseStandsOnceAndIsNamedLikeItsConstant(Class<?> vocabulary) {
        List<Field> constants = Arrays.stream(vocabulary.getFields()).toList();

        assertThat(constants.stream().map(VocabularyTest::word)).doesNotHaveDuplicates();
        assertThat(constants).allSatisfy(constant -> {
            assertThat(word(constant)).matches("[A-Z][A-Za-z]{2,62}");
            assertThat(constant.getName().replace("_", "").toLowerCase(Locale.ROOT))
                    .isEqualTo(word(constant).toLowerCase(Locale.ROOT));
        });
    }

    private static String word(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new LinkageError("constants are public", e);
        }
    }
}
