package dev.pilotlight.faults.kube;

import dev.pilotlight.testing.Tenant;
import java.util.Objects;

/** What a user asks for, and how one sees that it is done. */
enum Ask {
    CREATE {
        @Override
        void prepare(Tenant team) {
            // Nothing is there yet.
        }

        @Override
        void ask(Tenant team) {
            team.applyIdentity();
            team.applyEndpoint(NAME);
        }
    },
    CHANGE {
        @Override
        void ask(Tenant team) {
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
        }
    },
    CAPACITY {
        @Override
        void ask(Tenant team) {
            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":30}}}");
        }
    },
    DELETE {
        @Override
        void ask(Tenant team) {
            team.deleteEndpoint(NAME);
        }

        @Override
        boolean done(Tenant team) {
            return !team.exists(NAME);
        }
    };

    static final String NAME = "sentiment";

    void prepare(Tenant team) {
        team.serving(NAME);
    }

    abstract void ask(Tenant team);

    boolean done(Tenant team) {
        return team.isReady(NAME)
                && team.condition(NAME, "Scaling").isEmpty()
                && isAsWanted(team)
                && team.status(NAME).orElseThrow().revisions().stream()
                        .allMatch(record -> record.previewEndpointConfigName() == null);
    }

    private static boolean isAsWanted(Tenant team) {
        var wanted = team.endpoint(NAME).getSpec().serverless();
        var effective = team.status(NAME).orElseThrow().effective();
        return Objects.equals(effective.memorySizeInMB(), wanted.memorySizeInMB())
                && Objects.equals(effective.maxConcurrency(), wanted.maxConcurrency());
    }
}
