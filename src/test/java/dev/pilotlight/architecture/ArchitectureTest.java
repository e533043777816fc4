package dev.pilotlight.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.endpoint.Safeguards;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The packages, the arrows between them, and what is done in one place only. */
@AnalyzeClasses(packages = "dev.pilotlight", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.pilotlight.";

    /** A signature or a lambda needs these; none of them opens anything. */
    private static final Set<String> JAVA_IO_WITHOUT_IO =
            Set.of("java.io.Serializable", "java.io.IOException", "java.io.UncheckedIOException");

    // ---- arrows

    @ArchTest
    static final ArchRule arrowsPointInward = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.pilotlight..")
            .layer("api")
            .definedBy(ROOT + "api..")
            .layer("domain")
            .definedBy(ROOT + "domain..")
            .layer("aws")
            .definedBy(ROOT + "aws..")
            .layer("inventory")
            .definedBy(ROOT + "inventory..")
            .layer("operator")
            .definedBy(ROOT + "operator..")
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .layer("simulator")
            .definedBy(ROOT + "simulator..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("domain")
            .mayOnlyAccessLayers("api")
            .whereLayer("aws")
            .mayOnlyAccessLayers("domain")
            .whereLayer("inventory")
            .mayOnlyAccessLayers("aws", "domain")
            .whereLayer("operator")
            .mayOnlyAccessLayers("inventory", "aws", "domain", "api")
            .whereLayer("simulator")
            .mayNotAccessAnyLayer()
            .whereLayer("simulator")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule everyClassHasARoom = classes()
            .should()
            .resideInAnyPackage(
                    ROOT + "api..",
                    ROOT + "domain..",
                    ROOT + "aws..",
                    ROOT + "inventory..",
                    ROOT + "operator..",
                    ROOT + "cli..",
                    ROOT + "simulator..");

    @ArchTest
    static final ArchRule roomsOfTheOperatorFormNoRing = SlicesRuleDefinition.slices()
            .matching(ROOT + "operator.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheAdapterKnowsTheAwsSdk = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "aws..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule decisionsDoNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage(ROOT + "domain..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "io.fabric8.kubernetes.client..",
                            "io.javaoperatorsdk..",
                            "io.micrometer..",
                            "io.quarkus..",
                            "org.slf4j..")
                    .or(resideInAPackage("java.io").and(not(isOneOf(JAVA_IO_WITHOUT_IO)))))
            .as("decisions read and write nothing");

    // ---- time

    /** Waits of the AWS SDK's own, and the one look at the API server before anything of the operator runs. */
    private static final String[] MAY_USE_TIMERS = {
        ROOT + "operator.time", ROOT + "aws", ROOT + "simulator.time", ROOT + "simulator.http"
    };

    private static final Set<String> MAY_SLEEP = Set.of(
            // Waits for CRDs to be served, before there is a clock to turn.
            ROOT + "operator.kube.ServedKinds",
            // Stops the one that JOSDK leaves running.
            ROOT + "operator.PilotlightOperator");

    @ArchTest
    static final ArchRule allTimersAreBehindTheScheduler = noClasses()
            .that(not(resideInAnyPackage(MAY_USE_TIMERS)).and(not(isOneOf(MAY_SLEEP))))
            .should()
            .dependOnClassesThat(isOneOf(Set.of(
                    Timer.class.getName(),
                    ScheduledExecutorService.class.getName(),
                    ScheduledThreadPoolExecutor.class.getName())))
            .orShould()
            .callMethodWhere(target("sleep", Thread.class));

    /** Wall time: the clock itself, and what others compare with theirs (credentials expire by AWS's). */
    private static final Set<String> MAY_READ_THE_WALL_CLOCK = Set.of(
            ROOT + "cli.OperatorOptions",
            ROOT + "cli.PlanCommand",
            ROOT + "aws.SdkAwsSessions",
            ROOT + "simulator.time.RunningClock");

    @ArchTest
    static final ArchRule theTimeIsAskedOfTheClockThatWasPassedIn = noClasses()
            .that(not(isOneOf(MAY_READ_THE_WALL_CLOCK)))
            .should()
            .callMethodWhere(target("currentTimeMillis", System.class))
            .orShould()
            .callMethodWhere(targetWithoutParameters("now", Instant.class))
            .orShould()
            .callMethodWhere(targetWithoutParameters("now", LocalDate.class))
            .orShould()
            .callMethodWhere(targetWithoutParameters("now", LocalDateTime.class))
            .orShould()
            .callMethodWhere(targetWithoutParameters("now", OffsetDateTime.class))
            .orShould()
            .callMethodWhere(targetWithoutParameters("now", ZonedDateTime.class))
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethodWhere(target("systemUTC", Clock.class))
            .orShould()
            .callMethodWhere(target("systemDefaultZone", Clock.class));

    // ---- state, names, output

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .and(not(isSynthetic()))
            .should()
            .beFinal()
            .andShould(notHoldACollectionThatCanChange());

    @ArchTest
    static final ArchRule noPackageIsADrawerForEverything = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..", "..common..", "..misc..");

    @ArchTest
    static final ArchRule noRuleIsLeftOut = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Safeguards.class.getName())
            .should()
            .beAssignableTo(Safeguards.class)
            .orShould()
            .callMethod(Policy.class, "withSafeguards", Safeguards.class)
            .because("an operator without one of them is for experiments");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints =
            noClasses().that().resideOutsideOfPackage(ROOT + "cli..").should().accessFieldWhere(standardStream());

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> isOneOf(Collection<String> names) {
        return DescribedPredicate.describe(
                "one of " + names,
                // A lambda or a nested class stands in the place of the class around it.
                type -> names.contains(type.getName())
                        || names.contains(type.getName().replaceFirst("\\$.*", "")));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> target(
            String method, Class<?> owner) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + method,
                call -> call.getTarget().getName().equals(method)
                        && call.getTarget().getOwner().isEquivalentTo(owner));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> targetWithoutParameters(
            String method, Class<?> owner) {
        return target(method, owner)
                .and(DescribedPredicate.describe(
                        "without a clock",
                        call -> call.getTarget().getRawParameterTypes().isEmpty()));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaFieldAccess> standardStream() {
        return DescribedPredicate.describe("System.out or System.err", access -> {
            AccessTarget.FieldAccessTarget field = access.getTarget();
            return field.getOwner().isEquivalentTo(System.class)
                    && field.getRawType().isEquivalentTo(PrintStream.class);
        });
    }

    private static DescribedPredicate<JavaField> isSynthetic() {
        return DescribedPredicate.describe(
                "synthetic", field -> field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static ArchCondition<JavaField> notHoldACollectionThatCanChange() {
        return new ArchCondition<>("not hold a collection that can change") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean mutable;
                try {
                    java.lang.reflect.Field reflected = field.reflect();
                    reflected.setAccessible(true);
                    Object value = reflected.get(null);
                    mutable = (value instanceof Map || value instanceof Collection)
                            && !value.getClass().getName().startsWith("java.util.ImmutableCollections")
                            && !value.getClass().getName().startsWith("java.util.Collections$Unmodifiable")
                            && !value.getClass().getName().startsWith("java.util.Collections$Empty");
                } catch (ReflectiveOperationException | RuntimeException e) {
                    mutable = false;
                }
                if (mutable) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can change"));
                }
            }
        };
    }
}
