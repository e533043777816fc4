package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.sagemaker.SearchIndex.Entry;
import dev.pilotlight.simulator.wire.Input;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Search, over models and endpoints; of everything else it knows there is none. Properties are named by their path in the record, as in
 * {@code EndpointStatus} or {@code Model.ModelName}, and tags as {@code Tags.team}. How AWS sorts what lacks the property is assumed.
 */
final class Search {
    private static final int USUAL_PAGE = 10;

    private enum Searched {
        TrainingJob,
        Experiment,
        ExperimentTrial,
        ExperimentTrialComponent,
        Endpoint,
        Model,
        ModelPackage,
        ModelPackageGroup,
        Pipeline,
        PipelineExecution,
        FeatureGroup,
        FeatureMetadata,
        Image,
        ImageVersion,
        Project,
        HyperParameterTuningJob,
        ModelCard,
        PipelineVersion
    }

    private enum SortOrder {
        Ascending,
        Descending
    }

    private Search() {}

    static ObjectNode run(Call call) {
        Input input = Input.of(call.body());
        input.text("Resource", 0, 255, Patterns.ANY);
        Optional<Searched> searched = input.oneOf("Resource", Searched.class);
        Optional<SearchExpression> expression = input.object("SearchExpression").map(SearchExpression::read);
        String sortBy = input.optionalText("SortBy", 1, 255, Patterns.ANY).orElse("LastModifiedTime");
        SortOrder order = input.oneOf("SortOrder", SortOrder.class).orElse(SortOrder.Descending);
        int size = input.optionalInteger("MaxResults", 1, 100).orElse(USUAL_PAGE);
        Optional<String> token =
                input.optionalText("NextToken", 0, 8192, Patterns.ANY).filter(text -> !text.isEmpty());
        input.check();
        call.allowed("*");

        List<Entry> all =
                switch (searched.orElseThrow()) {
                    case Endpoint -> call.hosting().searchable(Kind.ENDPOINT, call.now());
                    case Model -> call.hosting().searchable(Kind.MODEL, call.now());
                    default -> List.of();
                };
        Comparator<Entry> ascending = Comparator.<Entry, String>comparing(
                        entry -> SearchProperty.of(entry.document(), sortBy).first())
                .thenComparingLong(Entry::order);
        List<Entry> found = all.stream()
                .filter(entry -> expression.isEmpty() || expression.get().matches(entry.document()))
                .sorted(order == SortOrder.Ascending ? ascending : ascending.reversed())
                .toList();
        int from = Math.min(token.map(Search::offset).orElse(0), found.size());
        int to = Math.min(found.size(), from + size);
        ObjectNode answer = Documents.empty();
        ArrayNode results = answer.putArray("Results");
        found.subList(from, to)
                .forEach(entry -> results.addObject().set(searched.get().name(), entry.document()));
        answer.putObject("TotalHits").put("Value", found.size()).put("Relation", "EqualTo");
        if (to < found.size()) {
            answer.put("NextToken", Pages.seal(String.valueOf(to)));
        }
        return answer;
    }

    private static int offset(String token) {
        try {
            return Integer.parseUnsignedInt(Pages.open(token));
        } catch (NumberFormatException e) {
            throw Errors.badToken();
        }
    }
}
