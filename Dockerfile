# The image of the operator and the simulator:   docker build -t pilotlight:0.1.0 .
#
# The AOT cache is made in the last stage, because it fits only the very JVM that later runs the program.

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /build
# The libraries in a layer of their own: they change more seldom than the sources.
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B -ntp -q dependency:go-offline || true
COPY crds crds
COPY src src
RUN ./mvnw -B -ntp -q package -Dmaven.test.skip=true

FROM eclipse-temurin:25.0.3_9-jre-noble
LABEL org.opencontainers.image.title="Pilotlight" \
      org.opencontainers.image.description="A Kubernetes operator for Amazon SageMaker Serverless Inference" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
WORKDIR /opt/pilotlight
COPY --from=build /build/target/quarkus-app app
COPY --chmod=755 src/build/launcher bin/pilotlight
COPY --chmod=755 src/build/train-aot /tmp/train-aot
RUN /tmp/train-aot /opt/pilotlight/app && rm -rf /tmp/*
ENV PILOTLIGHT_JAVA_HOME=/opt/java/openjdk
# A number, so that Kubernetes can see that it is not root.
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/opt/pilotlight/bin/pilotlight"]
CMD ["operator"]
