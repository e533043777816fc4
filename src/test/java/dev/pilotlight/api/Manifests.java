package dev.pilotlight.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Manifests the API server accepts, and small changes to them. */
final class Manifests {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Manifests() {}

    /** An endpoint with a value in most fields, so that a change of one is all a case needs. */
    static ObjectNode endpoint(String namespace, String name) {
        return yaml("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata: {name: %s, namespace: %s}
                spec:
                  identityRef: {name: ml-prod}
                  region: us-east-1
                  model:
                    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0
                    modelDataURL: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                    environment: [{name: SAGEMAKER_PROGRAM, value: inference.py}]
                  serverless: {memorySizeInMB: 2048, maxConcurrency: 20}
                  rollout:
                    validation:
                      requests:
                        - {name: happy, contentType: application/json, body: '{"text":"good"}', expect: response.status == 200}
                  tags: [{key: team, value: ml}]
                """.formatted(name, namespace));
    }

    /** An identity with a value in most fields. */
    static ObjectNode identity(String name) {
        return yaml("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata: {name: %s}
                spec:
                  credentials: {source: AssumeRole, roleARN: 'arn:aws:iam::111122223333:role/pilotlight/ml-prod'}
                  allowedNamespaces: {names: [ml-prod]}
                  allowedRegions: [us-east-1]
                  allowedExecutionRoles: ['arn:aws:iam::111122223333:role/sagemaker/*']
                  allowedImageRegistries: [111122223333.dkr.ecr.us-east-1.amazonaws.com]
                  allowedModelDataPrefixes: ['s3://ml-prod-models/']
                  defaultTags: [{key: team, value: ml}]
                """.formatted(name));
    }

    /** A policy with a value in most fields. */
    static ObjectNode warmPolicy(String namespace, String name) {
        return yaml("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: WarmPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  targetRef: {name: sentiment}
                  provisionedConcurrency:
                    baseline: 1
                    windows: [{name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}]
                    exceptions: [{name: christmas, mode: Closed, timeZone: Europe/Berlin, from: '2026-12-25', to: '2026-12-26'}]
                    targetTracking: {min: 1, max: 10, utilizationPercent: 70}
                    forecast: {mode: Preview, lookbackDays: 14}
                  keepWarm:
                    interval: {mode: Fixed, seconds: 240}
                    request: {contentType: application/json, body: '{}'}
                  budget: {monthlyUSD: 300}
                  executor: Operator
                """.formatted(name, namespace));
    }

    /** The manifest changed by a JSON merge patch (RFC 7396) written as YAML: null removes, lists are replaced. */
    static ObjectNode patched(ObjectNode manifest, String patch) {
        ObjectNode copy = manifest.deepCopy();
        merge(copy, yaml(patch));
        return copy;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (var change : patch.properties()) {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                target.remove(change.getKey());
            } else if (value instanceof ObjectNode nested) {
                if (!target.path(change.getKey()).isObject()) {
                    target.putObject(change.getKey());
                }
                merge((ObjectNode) target.path(change.getKey()), nested);
            } else {
                target.set(change.getKey(), value);
            }
        }
    }

    static ObjectNode yaml(String text) {
        try {
            return YAML.readValue(text, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
