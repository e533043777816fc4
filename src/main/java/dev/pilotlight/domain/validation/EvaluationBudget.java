package dev.pilotlight.domain.validation;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What one evaluation may cost, counted and not timed, so that an expression passes everywhere or nowhere. Every node costs one unit; a
 * call costs more by the size of its operands, because scanning a body in a loop is where the time goes. Used by one thread, once.
 */
final class EvaluationBudget implements CelEvaluationListener {
    private static final long UNITS = 500_000;
    private static final int CHARACTERS_PER_UNIT = 64;
    private static final int MATCHED_CHARACTERS_PER_UNIT = 16;
    /** Compiling a pattern costs something whatever the text. */
    private static final int UNITS_PER_MATCH = 50;

    /** Sizes of values above this are remembered, of smaller ones they do not matter. */
    private static final int LARGE = 1024;

    private final int bodySize;
    private final Map<Long, Integer> large = new HashMap<>();
    private long used;

    EvaluationBudget(int bodySize) {
        this.bodySize = bodySize;
    }

    @Override
    public void callback(CelExpr expr, Object result) {
        used++;
        int size = sizeOf(result);
        if (size > LARGE) {
            large.put(expr.id(), size);
        } else {
            large.remove(expr.id());
        }
        if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
            CelCall call = expr.call();
            long operands = size;
            for (CelExpr argument : call.args()) {
                operands += large.getOrDefault(argument.id(), 0);
            }
            if (call.target().isPresent()) {
                operands += large.getOrDefault(call.target().get().id(), 0);
            }
            boolean matches = call.function().equals("matches");
            used += matches ? UNITS_PER_MATCH + operands / MATCHED_CHARACTERS_PER_UNIT : operands / CHARACTERS_PER_UNIT;
        }
        if (used > UNITS) {
            throw new BudgetExceededException();
        }
    }

    /** Characters in a string; for a container the size of the body, because what it holds came out of there. */
    private int sizeOf(Object value) {
        return switch (value) {
            case CharSequence text -> text.length();
            case CelByteString bytes -> bytes.size();
            case Collection<?> list -> Math.max(bodySize, list.size());
            case Map<?, ?> map -> Math.max(bodySize, map.size());
            case null, default -> 0;
        };
    }
}
