package dev.pilotlight.domain.validation;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.Optional;

/** Compiler and runtime shared by all expectations; immutable, and loaded with the first expression. */
final class CelEnvironment {
    /** Name of the one variable. */
    static final String RESPONSE = "response";

    private static final int MOST_CHARACTERS = 4096;
    private static final int DEEPEST_NESTING = 64;
    private static final int MOST_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MOST_CHARACTERS)
            .maxParseRecursionDepth(DEEPEST_NESTING)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    /** A struct rather than a map, so that a misspelt field is found by the compiler and not by the first answer. */
    private static final StructType RESPONSE_TYPE = StructType.create(
            "pilotlight.Response",
            ImmutableSet.of("status", "headers", "latencyMillis", "body", "json"),
            field -> switch (field) {
                case "status", "latencyMillis" -> Optional.of(SimpleType.INT);
                case "headers" -> Optional.of(MapType.create(SimpleType.STRING, SimpleType.STRING));
                case "body" -> Optional.of(SimpleType.STRING);
                case "json" -> Optional.of(SimpleType.DYN);
                default -> Optional.empty();
            });

    private static final CelTypeProvider TYPES = new CelTypeProvider() {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.of(RESPONSE_TYPE);
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return RESPONSE_TYPE.name().equals(typeName) ? Optional.of(RESPONSE_TYPE) : Optional.empty();
        }
    };

    static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(TYPES)
            .addVar(RESPONSE, StructTypeReference.create(RESPONSE_TYPE.name()))
            .setResultType(SimpleType.BOOL)
            .build();

    static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                    .build())
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "matches",
                    CelFunctionBinding.from("matches", String.class, String.class, BoundedRegex::find),
                    CelFunctionBinding.from("matches_string", String.class, String.class, BoundedRegex::find)))
            .build();

    private CelEnvironment() {}
}
