package dev.pilotlight.simulator.fault;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Faults placed by rules; the first rule that applies to a call wins. Thread safe. */
public final class FaultPlan implements FaultHook {
    private static final Fault NONE = new Fault.None();

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Random random;

    /** @param seed makes rules with a probability repeatable, as far as calls come in the same order */
    public FaultPlan(long seed) {
        this.random = new Random(seed);
    }

    /** Places {@code fault} on the next {@code times} calls that match. */
    public FaultPlan next(int times, Predicate<Call> match, Fault fault) {
        rules.add(new Rule(match, fault, 1, new AtomicInteger(times)));
        return this;
    }

    /** Places {@code fault} on the next call of an operation, for example {@code sagemaker.CreateEndpoint}. */
    public FaultPlan next(String operation, Fault fault) {
        return next(1, named(operation), fault);
    }

    /** Places {@code fault} on the n-th call from now of those that match, counted from 1. */
    public FaultPlan nth(int n, Predicate<Call> match, Fault fault) {
        AtomicInteger seen = new AtomicInteger();
        return next(1, call -> match.test(call) && seen.incrementAndGet() == n, fault);
    }

    /** Places {@code fault} on every matching call with a probability between 0 and 1, until {@link #clear}. */
    public FaultPlan sometimes(double probability, Predicate<Call> match, Fault fault) {
        rules.add(new Rule(match, fault, probability, new AtomicInteger(Integer.MAX_VALUE)));
        return this;
    }

    /** Removes every rule. */
    public void clear() {
        rules.clear();
    }

    /** How many rules can still hit. */
    public int pending() {
        return rules.size();
    }

    /** Matches {@code service.Operation}; either part may be {@code *}. */
    public static Predicate<Call> named(String pattern) {
        int dot = pattern.indexOf('.');
        String service = dot < 0 ? "*" : pattern.substring(0, dot);
        String operation = pattern.substring(dot + 1);
        return call -> (service.equals("*") || service.equals(call.service()))
                && (operation.equals("*") || operation.equals(call.operation()));
    }

    @Override
    public Fault faultFor(Call call) {
        return rules.stream()
                .map(rule -> hit(rule, call))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(NONE);
    }

    private Optional<Fault> hit(Rule rule, Call call) {
        if (!rule.match().test(call)) {
            return Optional.empty();
        }
        if (rule.probability() < 1 && draw() >= rule.probability()) {
            return Optional.empty();
        }
        int left = rule.left().getAndDecrement();
        if (left <= 1) {
            rules.remove(rule);
        }
        return left > 0 ? Optional.of(rule.fault()) : Optional.empty();
    }

    private double draw() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    private record Rule(Predicate<Call> match, Fault fault, double probability, AtomicInteger left) {}
}
