package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.hosting.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** What the adapters of one session share: where they are, with which credentials, and through which gate they call. */
final class SessionCalls {

    private final Location location;
    private final SdkClients clients;
    private final CallGate gate;
    private final Consumer<AwsFailure> onFailure;
    private final AwsRequestOverrideConfiguration credentials;

    SessionCalls(
            Location location,
            SdkClients clients,
            CallGate gate,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            Consumer<AwsFailure> onFailure) {
        this.location = location;
        this.clients = clients;
        this.gate = gate;
        this.onFailure = onFailure;
        this.credentials = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(credentials)
                .build();
    }

    Location location() {
        return location;
    }

    SdkClients clients() {
        return clients;
    }

    /** Every request needs this, or it goes out unsigned. */
    AwsRequestOverrideConfiguration credentials() {
        return credentials;
    }

    <T extends AwsResponse> T read(String operation, Priority priority, Supplier<T> sdk) {
        return make(operation, priority, false, CallGate.Toll.TOKEN, sdk);
    }

    /**
     * A listing to its end. Each page is a request of its own and passes the gate on its own.
     *
     * @param sdk makes the request for a page; its token is null for the first one
     */
    <T extends AwsResponse> List<T> pages(
            String operation, Priority priority, Function<String, T> sdk, Function<T, String> nextToken) {
        return pages(operation, priority, CallGate.Toll.TOKEN, sdk, nextToken);
    }

    /**
     * As {@link #pages(String, Priority, Function, Function)}.
     *
     * @param firstPage what the limiter asks of it; further ones are always on credit
     */
    <T extends AwsResponse> List<T> pages(
            String operation,
            Priority priority,
            CallGate.Toll firstPage,
            Function<String, T> sdk,
            Function<T, String> nextToken) {
        List<T> pages = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            CallGate.Toll toll = from == null ? firstPage : CallGate.Toll.CREDIT;
            T page = make(operation, priority, false, toll, () -> sdk.apply(from));
            pages.add(page);
            token = nextToken.apply(page);
        } while (token != null && !token.isEmpty());
        return pages;
    }

    <T extends AwsResponse> T mutate(String operation, Priority priority, Supplier<T> sdk) {
        return make(operation, priority, true, CallGate.Toll.TOKEN, sdk);
    }

    private <T extends AwsResponse> T make(
            String operation, Priority priority, boolean mutating, CallGate.Toll toll, Supplier<T> sdk) {
        CallGate.Call call = new CallGate.Call(location, operation, priority, mutating, toll);
        return gate.make(call, sdk, SessionCalls::requestId, onFailure);
    }

    Inference.Response invoke(String operation, Supplier<Inference.Response> sdk) {
        CallGate.Call call = new CallGate.Call(location, operation, Priority.CHANGE, false, CallGate.Toll.NONE);
        return gate.make(call, sdk, Inference.Response::requestID, onFailure);
    }

    static String requestId(AwsResponse answer) {
        return Optional.ofNullable(answer.responseMetadata())
                .map(metadata -> metadata.requestId())
                .orElse("");
    }
}
