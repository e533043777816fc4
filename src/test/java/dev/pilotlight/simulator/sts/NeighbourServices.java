package dev.pilotlight.simulator.sts;

import dev.pilotlight.simulator.Simulator;
import dev.pilotlight.simulator.SimulatorSettings;
import dev.pilotlight.simulator.ecr.EcrService;
import dev.pilotlight.simulator.ecr.ImageStore;
import dev.pilotlight.simulator.iam.IamService;
import dev.pilotlight.simulator.iam.RoleStore;
import dev.pilotlight.simulator.iam.UniqueIds;
import dev.pilotlight.simulator.s3.ObjectStore;
import dev.pilotlight.simulator.s3.S3Service;
import dev.pilotlight.simulator.servicequotas.ServiceQuotasService;
import dev.pilotlight.simulator.time.ManualClock;
import dev.pilotlight.simulator.world.HostingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The simulated services beside SageMaker, on a port, with unmodified AWS SDK clients for them. */
public final class NeighbourServices implements AutoCloseable {
    public static final String ACCOUNT = "111122223333";
    public static final String OTHER_ACCOUNT = "444455556666";
    public static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(START);
    private final List<SdkClient> clients = new ArrayList<>();
    private final Simulator simulator;
    public final RoleStore roles;
    public final ObjectStore objects;
    public final ImageStore images;
    public final HostingLimits limits;

    private NeighbourServices(boolean enforcePolicies) {
        ManualClock clock = new ManualClock(START);
        UniqueIds ids = new UniqueIds(new Random(1));
        roles = new RoleStore(clock, ids);
        objects = new ObjectStore(clock);
        images = new ImageStore(clock);
        SessionStore sessions = new SessionStore(ACCOUNT, wall::get);
        PolicyPermissions permissions = new PolicyPermissions(roles, sessions, enforcePolicies);
        Simulator.Builder builder = Simulator.builder(
                SimulatorSettings.builder().clock(clock).defaultSeed(false).build());
        limits = builder.limits();
        simulator = builder.accounts(sessions)
                .service(new StsService(roles, sessions, permissions, ids))
                .service(new IamService(roles, permissions))
                .service(new S3Service(objects, permissions))
                .service(new EcrService(images, permissions))
                .service(new ServiceQuotasService(limits, permissions))
                .build()
                .start();
    }

    /** Roles without a policy may do everything. */
    public static NeighbourServices lenient() {
        return new NeighbourServices(false);
    }

    /** Policies are enforced as at AWS. */
    public static NeighbourServices strict() {
        return new NeighbourServices(true);
    }

    /** Turns the clock that AWS SDKs compare expiry with. */
    public void wallClockPasses(Duration duration) {
        wall.updateAndGet(now -> now.plus(duration));
    }

    /** A person with an access key of an account. */
    public Principal user(String accountId) {
        return new Principal(AwsBasicCredentials.create(accountId, "secret"), Region.US_EAST_1);
    }

    /** Somebody whose access key nobody knows. */
    public Principal stranger() {
        return new Principal(AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret"), Region.US_EAST_1);
    }

    /** Who holds credentials that STS issued. */
    public Principal session(Credentials issued) {
        return new Principal(
                AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken()),
                Region.US_EAST_1);
    }

    /** One principal's clients in one Region. */
    public final class Principal {
        private final AwsCredentials credentials;
        private final Region region;

        private Principal(AwsCredentials credentials, Region region) {
            this.credentials = credentials;
            this.region = region;
        }

        public Principal in(Region other) {
            return new Principal(credentials, other);
        }

        public StsClient sts() {
            return open(StsClient.builder());
        }

        public IamClient iam() {
            return open(IamClient.builder());
        }

        public S3Client s3() {
            return open(S3Client.builder());
        }

        public EcrClient ecr() {
            return open(EcrClient.builder());
        }

        public ServiceQuotasClient quotas() {
            return open(ServiceQuotasClient.builder());
        }

        private <B extends AwsClientBuilder<B, C>, C extends SdkClient> C open(B builder) {
            C client = builder.region(region)
                    .credentialsProvider(StaticCredentialsProvider.create(credentials))
                    .endpointOverride(simulator.endpoint())
                    .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                    .build();
            clients.add(client);
            return client;
        }
    }

    @Override
    public void close() {
        for (SdkClient client : clients) {
            client.close();
        }
        simulator.close();
    }
}
