package dev.pilotlight.simulator.runtime;

import java.nio.charset.StandardCharsets;

/** What runs in a container: answers {@code POST /invocations}. */
interface SimulatedModel {

    /**
     * @param contentType of the request, empty if it named none
     * @param body the request
     */
    Answer answer(String contentType, byte[] body);

    /**
     * @param status HTTP status of the container
     * @param contentType of the body
     */
    record Answer(int status, String contentType, byte[] body) {

        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
