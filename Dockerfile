# One image for both: Baton, and the simulator alone (see docker-compose.yml).

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
COPY src src
# The Maven repository outlives the build: the next one fetches what is new only.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q package -DskipTests -Dspotless.check.skip -Dcodegen.skip \
 && java -Djarmode=tools -jar target/baton.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre AS application
WORKDIR /app
# What changes seldom comes first. Everything belongs to root: the service can't change itself.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./

# Run once, for the JVM's ahead-of-time cache. It is good for this JVM with these files only, so that
# it is made of them here; PostgreSQL and what else that takes doesn't get into the image.
FROM application AS training
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends postgresql curl openssl >/dev/null
COPY --chmod=0755 docker/train /usr/local/bin/train
RUN train /app/baton.jar /app/baton.aot

FROM application
LABEL org.opencontainers.image.title="Baton" \
      org.opencontainers.image.description="Fails over Amazon ElastiCache Global Datastores" \
      org.opencontainers.image.licenses="Apache-2.0"

# A number, so that a cluster can tell that it isn't root; no home and no shell to log in to.
RUN groupadd --gid 10001 baton \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin baton
COPY --from=training --chmod=0444 /app/baton.aot ./
COPY --chmod=0755 docker/health-check /usr/local/bin/health-check

USER 10001:10001
EXPOSE 8080

# JAVA_TOOL_OPTIONS is left to whoever runs the image. With options that the cache isn't good for, the
# JVM starts without it.
# Out of memory ends the process: another instance takes over from a dead one, not from a sick one.
# Much code and little of it hot: large pages, where the system has them, save Baton a sixth of the
# processor time of a request, for some memory (docs/performance.md).
ENTRYPOINT ["java", "-XX:AOTCache=/app/baton.aot", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseTransparentHugePages", "-cp", "/app/baton.jar"]
CMD ["dev.baton.BatonApplication"]

HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=3 \
  CMD ["/usr/local/bin/health-check"]
