package dev.pilotlight.simulator.runtime;

/** Gives back what it gets. */
final class EchoModel implements SimulatedModel {

    @Override
    public Answer answer(String contentType, byte[] body) {
        return new Answer(200, contentType.isEmpty() ? "application/octet-stream" : contentType, body);
    }
}
