package dev.pilotlight.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.autoscaling.AutoScalingService;
import dev.pilotlight.simulator.autoscaling.Targets;
import dev.pilotlight.simulator.cloudwatch.AlarmBook;
import dev.pilotlight.simulator.cloudwatch.CloudWatchService;
import dev.pilotlight.simulator.cloudwatch.MetricStore;
import dev.pilotlight.simulator.ecr.EcrService;
import dev.pilotlight.simulator.ecr.ImageStore;
import dev.pilotlight.simulator.iam.IamService;
import dev.pilotlight.simulator.iam.RoleStore;
import dev.pilotlight.simulator.iam.UniqueIds;
import dev.pilotlight.simulator.pricing.PriceListService;
import dev.pilotlight.simulator.runtime.Fleets;
import dev.pilotlight.simulator.runtime.RuntimeService;
import dev.pilotlight.simulator.s3.ObjectStore;
import dev.pilotlight.simulator.s3.S3Service;
import dev.pilotlight.simulator.sagemaker.HostingWorld;
import dev.pilotlight.simulator.sagemaker.SageMakerService;
import dev.pilotlight.simulator.servicequotas.ServiceQuotasService;
import dev.pilotlight.simulator.sts.PolicyPermissions;
import dev.pilotlight.simulator.sts.SessionStore;
import dev.pilotlight.simulator.sts.StsService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The simulator with every service it has, in a world that holds what the samples name. */
public final class SimulatorServer {
    private static final String DEFAULT_SEED = "default-seed.json";

    private SimulatorServer() {}

    /**
     * Starts to serve.
     *
     * @throws UncheckedIOException when the port is taken or the seed file cannot be read
     * @throws IllegalArgumentException when the seed file makes no sense
     */
    public static Simulator start(SimulatorSettings settings) {
        Simulator.Builder builder = Simulator.builder(settings);
        UniqueIds ids = new UniqueIds(new SecureRandom());
        RoleStore roles = new RoleStore(builder.clock(), ids);
        // What an AWS SDK compares with its own clock stays wall time: the expiry of credentials.
        SessionStore sessions = new SessionStore(settings.accountId(), InstantSource.system());
        PolicyPermissions permissions = new PolicyPermissions(roles, sessions, settings.enforcePolicies());
        ObjectStore objects = new ObjectStore(builder.clock());
        ImageStore images = new ImageStore(builder.clock());
        MetricStore metrics = new MetricStore(builder.clock());
        AlarmBook alarms = new AlarmBook();
        Targets targets = new Targets(alarms);
        Fleets fleets = new Fleets(builder.clock(), settings.invocation());
        SageMakerService sageMaker = new SageMakerService(
                new HostingWorld(
                        builder.clock(),
                        images,
                        objects,
                        roles,
                        permissions,
                        builder.limits(),
                        targets,
                        settings.hosting(),
                        settings.seed()),
                fleets);

        // In the order in which a seed is read: a model needs its role and its data.
        Simulator simulator = builder.accounts(sessions)
                .part(roles)
                .part(images)
                .part(objects)
                .part(sageMaker.modelSeeds())
                .part(fleets)
                .part(metrics)
                .scenarios(sageMaker)
                .service(sageMaker)
                .service(new RuntimeService(
                        sageMaker,
                        fleets,
                        metrics,
                        builder.clock(),
                        settings.invocation(),
                        builder.limits(),
                        permissions))
                .service(new StsService(roles, sessions, permissions, ids))
                .service(new IamService(roles, permissions))
                .service(new S3Service(objects, permissions))
                .service(new EcrService(images, permissions))
                .service(new ServiceQuotasService(builder.limits(), permissions))
                .service(new CloudWatchService(metrics, alarms, permissions))
                .service(new AutoScalingService(targets, sageMaker, metrics, alarms, builder.clock(), permissions))
                .service(new PriceListService(permissions))
                .build();
        try {
            if (settings.defaultSeed()) {
                simulator.seeds().from(defaultSeed());
            }
            settings.seedFile().ifPresent(simulator.seeds()::fromFile);
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
        return simulator.start();
    }

    /** What the samples name. */
    private static JsonNode defaultSeed() {
        try (InputStream seed = SimulatorServer.class.getResourceAsStream(DEFAULT_SEED)) {
            if (seed == null) {
                throw new IllegalStateException(DEFAULT_SEED + " is not on the class path");
            }
            return new ObjectMapper().readTree(seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
