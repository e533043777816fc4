package dev.pilotlight.simulator;

import com.sun.net.httpserver.HttpServer;
import dev.pilotlight.simulator.admin.Admin;
import dev.pilotlight.simulator.admin.Scenarios;
import dev.pilotlight.simulator.admin.Seeds;
import dev.pilotlight.simulator.admin.StateReport;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.simulator.http.CallCounts;
import dev.pilotlight.simulator.http.Front;
import dev.pilotlight.simulator.time.RunningClock;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Accounts;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.Seedable;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One simulated AWS on one port. Services are plugged in by {@link Builder}; {@link SimulatorServer} plugs in all.
 *
 * <p>Everything the admin paths offer is here for programs in the same process: clock, faults, counts, state, seeds.
 */
public final class Simulator implements AutoCloseable {
    private final SimulatorSettings settings;
    private final SimulatorClock clock;
    private final boolean ownsClock;
    private final FaultPlan faults;
    private final CallCounts calls = new CallCounts();
    private final StateReport state;
    private final Seeds seeds;
    private final Scenarios scenarios;
    private final HostingLimits limits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private Simulator(Builder parts) {
        this.settings = parts.settings;
        this.clock = parts.clock;
        this.ownsClock = parts.settings.clock().isEmpty();
        this.faults = new FaultPlan(settings.seed());
        this.state = new StateReport(parts.inspectables);
        this.limits = parts.limits;
        this.scenarios = parts.scenarios;
        Scope standard = new Scope(settings.accountId(), settings.region());
        this.seeds = new Seeds(parts.seedables, standard);
        this.server = bind(settings);
        Caller anonymous = new Caller(
                settings.accountId(), "arn:aws:iam::" + settings.accountId() + ":root", "", settings.region());
        server.createContext(
                "/", new Front(parts.services, parts.accounts, () -> faults, calls, anonymous));
        server.createContext(
                Admin.PREFIX,
                new Admin(new Admin.Controls(standard, clock, faults, calls, state, seeds, scenarios, limits)));
        server.setExecutor(threads);
    }

    private static HttpServer bind(SimulatorSettings settings) {
        // Without it every answer on a kept-alive connection waits 40 ms for the client's delayed acknowledgement. The
        // JDK reads it when the server's classes load.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            return HttpServer.create(new InetSocketAddress(settings.bindAddress(), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + settings.bindAddress() + ":" + settings.port() + ": " + e.getMessage(), e);
        }
    }

    /** Starts to collect the parts of a simulator. */
    public static Builder builder(SimulatorSettings settings) {
        return new Builder(settings);
    }

    /** Serves from now on. */
    public Simulator start() {
        server.start();
        return this;
    }

    /** What goes into an endpoint override or {@code AWS_ENDPOINT_URL}. */
    public URI endpoint() {
        InetSocketAddress address = server.getAddress();
        boolean everywhere = address.getAddress().isAnyLocalAddress();
        String host = everywhere ? "127.0.0.1" : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    public SimulatorSettings settings() {
        return settings;
    }

    public SimulatorClock clock() {
        return clock;
    }

    public FaultPlan faults() {
        return faults;
    }

    public CallCounts calls() {
        return calls;
    }

    public StateReport state() {
        return state;
    }

    public Seeds seeds() {
        return seeds;
    }

    public Scenarios scenarios() {
        return scenarios;
    }

    public HostingLimits limits() {
        return limits;
    }

    /** Stops listening; requests that are still handled are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        if (ownsClock && clock instanceof RunningClock running) {
            running.close();
        }
    }

    /** Collects the parts of a simulator. */
    public static final class Builder {
        private final SimulatorSettings settings;
        private final SimulatorClock clock;
        private final HostingLimits limits;
        private final List<AwsService> services = new ArrayList<>();
        private final List<Seedable> seedables = new ArrayList<>();
        private final List<Inspectable> inspectables = new ArrayList<>();
        private Accounts accounts;
        private Scenarios scenarios = (scope, endpoint, scenario) -> {
            throw new IllegalArgumentException("this simulator hosts no endpoints");
        };

        private Builder(SimulatorSettings settings) {
            this.settings = settings;
            this.clock = settings.clock().orElseGet(() -> RunningClock.accelerated(settings.speed()));
            this.limits = new HostingLimits(settings.limits());
            this.accounts = Accounts.allIn(settings.accountId());
        }

        /** The clock every part has to share. */
        public SimulatorClock clock() {
            return clock;
        }

        /** The quotas every part has to share. */
        public HostingLimits limits() {
            return limits;
        }

        /** Adds a service; if it can be seeded or inspected, it is. */
        public Builder service(AwsService service) {
            services.add(service);
            return part(service);
        }

        /** Adds something that is no service of its own but can be seeded or inspected. */
        public Builder part(Object part) {
            if (part instanceof Seedable seedable) {
                seedables.add(seedable);
            }
            if (part instanceof Inspectable inspectable) {
                inspectables.add(inspectable);
            }
            return this;
        }

        public Builder accounts(Accounts value) {
            this.accounts = value;
            return this;
        }

        public Builder scenarios(Scenarios value) {
            this.scenarios = value;
            return this;
        }

        /** Binds the port; {@link Simulator#start} begins to serve. */
        public Simulator build() {
            return new Simulator(this);
        }
    }
}
