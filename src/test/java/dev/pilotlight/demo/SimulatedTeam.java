package dev.pilotlight.demo;

/** What a team applies whose account, role, image and model the simulator has from the start: a namespace, an AWSIdentity, and endpoints. */
public final class SimulatedTeam {
    private SimulatedTeam() {}

    /** A namespace with an AWSIdentity of the same name; the simulator's role for ml-prod serves it too. */
    public static String manifest(String namespace) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata: {name: %1$s}
                spec:
                  credentials: {source: AssumeRole, roleARN: "arn:aws:iam::111122223333:role/pilotlight/ml-prod"}
                  allowedNamespaces: {names: [%1$s]}
                  allowedRegions: [us-east-1]
                  allowedExecutionRoles: ["arn:aws:iam::111122223333:role/sagemaker/*"]
                  allowedImageRegistries: [111122223333.dkr.ecr.us-east-1.amazonaws.com]
                  allowedModelDataPrefixes: ["s3://ml-prod-models/"]
                """.formatted(namespace);
    }

    /** An endpoint of that team, with 2 GB. */
    public static String endpoint(String namespace, String name) {
        return endpoint(namespace, name, 2048);
    }

    /**
     * @param memory in MB
     */
    public static String endpoint(String namespace, String name, int memory) {
        return """
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata: {namespace: %1$s, name: %2$s}
                spec:
                  identityRef: {name: %1$s}
                  region: us-east-1
                  model:
                    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0
                    modelDataURL: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                  serverless: {memorySizeInMB: %3$d, maxConcurrency: 2}
                """.formatted(namespace, name, memory);
    }
}
